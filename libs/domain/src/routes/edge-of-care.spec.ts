import { edgeOfCareFault, laterLooks, type EdgeOfCareEventKind } from './edge-of-care.ts';

const day = (date: string) => Temporal.PlainDate.from(date);
const event = (kind: EdgeOfCareEventKind, on = '2026-11-24') => ({ kind, on: day(on) });
const times = { sentOn: day('2026-11-23'), today: day('2026-11-25') };

it.each<[EdgeOfCareEventKind, string, readonly EdgeOfCareEventKind[], string | null]>([
  ['first_response', '2026-11-23', [], null],
  ['first_response', '2026-11-25', [], null],
  ['first_response', '2026-11-22', [], 'before-it-was-sent'],
  ['first_response', '2026-11-26', [], 'not-yet'],
  ['first_response', '2026-11-25', ['first_response'], 'responded-already'],
  ['panel', '2026-12-10', [], null],
  ['panel', '2026-11-22', [], 'before-it-was-sent'],
  ['review', '2027-02-01', ['review'], null],
  ['stayed', '2026-11-26', [], 'not-yet'],
  ['stayed', '2026-11-25', ['panel'], null],
  ['stayed', '2026-11-25', ['came_in'], 'came-in'],
  ['came_in', '2026-11-25', ['stayed'], null],
  ['reunified', '2026-11-25', ['came_in'], null],
  ['reunified', '2026-11-25', ['stayed'], 'never-came-in'],
])('%s on %s after %j is refused as %p', (kind, on, before, fault) => {
  const earlier = before.map((one) => event(one));
  expect(edgeOfCareFault({ kind, on: day(on) }, earlier, times)).toBe(fault);
});

it('the service looks again three and six months after the last end, and not before there is one', () => {
  const looks = (...events: Parameters<typeof laterLooks>[0]) => laterLooks(events).map(String);
  expect(looks(event('panel'), event('first_response'))).toEqual([]);
  expect(looks(event('came_in', '2026-11-30'))).toEqual(['2027-02-28', '2027-05-30']);
  expect(looks(event('stayed', '2027-04-10'), event('stayed', '2027-01-10'))).toEqual(['2027-04-10', '2027-07-10']);
  expect(looks(event('reunified', '2027-01-10'), event('came_in', '2026-11-30'))).toEqual(['2027-04-10', '2027-07-10']);
});
