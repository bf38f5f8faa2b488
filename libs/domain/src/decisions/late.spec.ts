import { isLate } from './late.ts';

const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const DUE = '2026-11-25T10:00';
const LIMIT = '2026-11-26T00:00';

it.each<[string, string, string, string, boolean]>([
  ['before both limits', '2026-11-25T09:59', DUE, LIMIT, false],
  ['at its due time', DUE, DUE, LIMIT, false],
  ['a second after its due time', '2026-11-25T10:00:01', DUE, LIMIT, true],
  ['at the statutory limit, which is first', LIMIT, '2026-11-27T10:00', LIMIT, false],
  ['a second after the statutory limit, which is first', '2026-11-26T00:00:01', '2026-11-27T10:00', LIMIT, true],
  ['after both limits', '2026-11-28T10:00', DUE, LIMIT, true],
])('tells whether a decision %s is late', (_, now, due, statutory, late) => {
  expect(isLate(at(now), { decisionDueAt: at(due), statutoryDueAt: at(statutory) })).toBe(late);
});
