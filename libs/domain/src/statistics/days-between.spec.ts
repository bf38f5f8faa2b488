import { daysBetween } from './days-between.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const on = day('2026-11-26');

it('counts the days from each event to the next, and from the last one to the day that is looked at', () => {
  const found = daysBetween(['2026-10-16', '2026-03-01', '2026-10-16', '2026-03-29'].map(day), on);
  expect(found.gaps.map(({ from, to, days }) => [from.toString(), to.toString(), days])).toEqual([
    ['2026-03-01', '2026-03-29', 28],
    ['2026-03-29', '2026-10-16', 201],
    ['2026-10-16', '2026-10-16', 0],
  ]);
  expect([found.sinceLast, found.longest, found.median]).toEqual([41, 201, 28]);
});

it('takes the middle of two gaps as their median', () => {
  expect(daysBetween(['2026-11-01', '2026-11-02', '2026-11-12'].map(day), on).median).toBe(5.5);
});

it('gives no gap before a second event, and leaves out events after the day that is looked at', () => {
  const none = { gaps: [], sinceLast: null, longest: null, median: null };
  expect(daysBetween([], on)).toEqual(none);
  expect(daysBetween([day('2026-11-27')], on)).toEqual(none);
  expect(daysBetween([on], on)).toEqual({ ...none, sinceLast: 0 });
});
