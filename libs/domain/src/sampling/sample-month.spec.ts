import { sampleMonth } from './sample-month.ts';

const london = { timeZone: 'Europe/London' };

it.each([
  ['2026-10', '2026-09-30T23:00:00Z', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
  ['2026-03', '2026-03-01T00:00:00Z', '2026-03-31T23:00:00Z', '2026-04-30T23:00:00Z'],
  ['2025-12', '2025-12-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
])('the sample of %s is of the local month, and due when the next is drawn', (month, from, until, due) => {
  const { firstDay, ...times } = sampleMonth(london, month);
  expect(firstDay.toString()).toBe(`${month}-01`);
  expect(Object.values(times).map(String)).toEqual([
    from,
    until,
    Temporal.Instant.from(until).add({ seconds: 30 }).toString(),
    due,
  ]);
});

it.each(['', '2026', '2026-13', '2026-10-01', '2026-1', 'October'])('“%s” is no month', (month) => {
  expect(() => sampleMonth(london, month)).toThrow();
});
