import fc from 'fast-check';
import { impossibleTimes, type SubmittedTimes } from './time-bounds.ts';

const london = { timeZone: 'Europe/London' };
const received = Temporal.Instant.from('2026-11-23T10:00:00Z');
const NOTHING: SubmittedTimes = { children: [], adults: [], occurredAt: undefined, reportedAt: undefined };
const codesOf = (times: Partial<SubmittedTimes>, at = received) =>
  impossibleTimes({ ...NOTHING, ...times }, at, london).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a time that can be', () => {
  it.each<[string, Partial<SubmittedTimes>]>([
    ['a child born today', { children: [{ dateOfBirth: '2026-11-23' }] }],
    ['a person of 25 on the eve of 26', { children: [{ dateOfBirth: '2000-11-24' }] }],
    ['a birth that is four weeks late', { children: [{ expectedDateOfBirth: '2026-10-26' }] }],
    ['a pregnancy of this day', { children: [{ expectedDateOfBirth: '2027-08-30' }] }],
    ['a great-grandmother of 110', { adults: [{ dateOfBirth: '1916-03-01' }] }],
    ['a harm of a long time ago', { occurredAt: '1950-06-01' }],
    ['an incident of today', { occurredAt: '2026-11-23' }],
    ['a clock that is hours ahead', { occurredAt: '2026-11-23T18:00:00Z', reportedAt: '2026-11-24t09:59:00z' }],
    ['a record of four years ago', { reportedAt: '2022-11-24T10:00:00+01:00' }],
  ])('M4, M6: has no fault where it is %s', (_, times) => expect(codesOf(times)).toEqual([]));
});

describe('a time that cannot be', () => {
  it.each<[string, Partial<SubmittedTimes>, string]>([
    ['a child of 40', { children: [{}, { dateOfBirth: '1986-11-23' }] }, '/children/1/dateOfBirth too_long_ago'],
    ['a child on its 26th birthday', { children: [{ dateOfBirth: '2000-11-22' }] }, '/children/0/dateOfBirth too_long_ago'],
    ['a baby with the last century', { children: [{ dateOfBirth: '1926-11-01' }] }, '/children/0/dateOfBirth too_long_ago'],
    ['a year of two figures', { children: [{ dateOfBirth: '0026-11-01' }] }, '/children/0/dateOfBirth too_long_ago'],
    ['a child born tomorrow', { children: [{ dateOfBirth: '2026-11-24' }] }, '/children/0/dateOfBirth in_the_future'],
    ['a birth of last spring', { children: [{ expectedDateOfBirth: '2026-04-10' }] }, '/children/0/expectedDateOfBirth too_long_ago'],
    ['a birth in two years', { children: [{ expectedDateOfBirth: '2028-11-23' }] }, '/children/0/expectedDateOfBirth too_far_ahead'],
    ['an adult of 150', { adults: [{ dateOfBirth: '1876-01-01' }] }, '/adults/0/dateOfBirth too_long_ago'],
    ['an adult born next year', { adults: [{ dateOfBirth: '2027-01-01' }] }, '/adults/0/dateOfBirth in_the_future'],
    ['an incident of next year', { occurredAt: '2027-11-23T10:00:00Z' }, '/concern/occurredAt in_the_future'],
    ['an incident of tomorrow', { occurredAt: '2026-11-24' }, '/concern/occurredAt in_the_future'],
    ['an incident of the year 202', { occurredAt: '0202-11-23' }, '/concern/occurredAt too_long_ago'],
    ['a record of the year 1', { reportedAt: '0001-01-01T00:00:00Z' }, '/reportedAt too_long_ago'],
    ['a record when clocks begin', { reportedAt: '1970-01-01T00:00:00Z' }, '/reportedAt too_long_ago'],
    ['a record of next week', { reportedAt: '2026-11-30T00:00:00Z' }, '/reportedAt in_the_future'],
  ])('M4, M6: has its fault named where it is %s', (_, times, fault) => expect(codesOf(times)).toEqual([fault])); // prettier-ignore

  it('is judged on the local date of receipt', () => {
    const child = { children: [{ dateOfBirth: '2026-06-02' }] };
    expect(codesOf(child, Temporal.Instant.from('2026-06-01T23:30:00Z'))).toEqual([]);
    expect(codesOf(child, Temporal.Instant.from('2026-06-01T22:30:00Z'))).toEqual([
      '/children/0/dateOfBirth in_the_future',
    ]);
  });

  it('is one of another century, whatever the date was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25 * 365 }), fc.constantFrom(-100, 100, -1000, 1000), (age, years) => {
        const born = Temporal.PlainDate.from('2026-11-23').subtract({ days: age });
        expect(codesOf({ children: [{ dateOfBirth: born.toString() }] })).toEqual([]);
        expect(codesOf({ children: [{ dateOfBirth: born.add({ years }).toString() }] })).toHaveLength(1);
      }),
    );
  });
});
