import fc from 'fast-check';
import { aStanding, anyStanding, CALENDAR, MOMENT } from '../../test/standings.ts';
import { BREAKDOWNS, groupsOf, OPEN_AGES, openAge } from './breakdown.ts';

const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();

describe('the age of an open referral', () => {
  it.each([
    ['2026-11-25T12:00', '2026-11-25T12:00', 'under_4_hours'],
    ['2026-11-25T12:00', '2026-11-25T15:59:59', 'under_4_hours'],
    ['2026-11-25T12:00', '2026-11-25T16:00', '4_to_24_hours'],
    ['2026-11-25T12:00', '2026-11-26T11:59:59', '4_to_24_hours'],
    ['2026-11-25T12:00', '2026-11-26T12:00', '1_working_day'],
    ['2026-11-25T12:00', '2026-11-27T12:00', '2_working_days'],
    // A weekend makes no referral older in working days.
    ['2026-11-27T12:00', '2026-11-29T23:00', '1_working_day'],
    ['2026-11-27T12:00', '2026-11-30T09:00', '1_working_day'],
    ['2026-11-27T12:00', '2026-12-02T12:00', '3_working_days'],
    ['2026-11-27T12:00', '2026-12-03T12:00', '4_to_5_working_days'],
    ['2026-11-27T12:00', '2026-12-04T23:59', '4_to_5_working_days'],
    ['2026-11-27T12:00', '2026-12-07T00:00', 'over_5_working_days'],
    ['2026-01-05T12:00', '2026-12-07T00:00', 'over_5_working_days'],
    // The clocks go back on the 25th: 24 hours later it is eleven.
    ['2026-10-24T12:00', '2026-10-25T10:59', '4_to_24_hours'],
    ['2026-10-24T12:00', '2026-10-25T11:00', '1_working_day'],
  ] as const)('received at %s and seen at %s is %s', (received, seen, age) => {
    expect(openAge(at(received), { asOf: at(seen), calendar: CALENDAR })).toBe(age);
  });

  it('never goes down while a referral waits', () => {
    const ages = fc.tuple(fc.nat({ max: 20_000 }), fc.nat({ max: 20_000 }));
    fc.assert(
      fc.property(ages, ([minutes, more]) => {
        const receivedAt = at('2026-10-20T12:00');
        const after = (of: number) => ({ asOf: receivedAt.add({ minutes: of }), calendar: CALENDAR });
        const place = (of: number) => OPEN_AGES.indexOf(openAge(receivedAt, after(of)));
        expect(place(minutes + more)).toBeGreaterThanOrEqual(place(minutes));
      }),
    );
  });
});

describe('the groups of a referral', () => {
  const child = { age: 7, isUnborn: false, ethnicity: 'WBRI', isDisabled: false };
  const unborn = { age: null, isUnborn: true, ethnicity: null, isDisabled: null };

  it.each([
    ['child-age', [child, { ...child, age: 0 }, unborn], ['5_to_9', 'under_1', 'unborn']],
    ['child-age', [{ ...child, age: 4 }, { ...child, age: 5 }, { ...child, age: 15 }, { ...child, age: 16 }], ['1_to_4', '5_to_9', '10_to_15', '16_and_over']],
    ['child-age', [{ ...child, age: null }], ['not_recorded']],
    ['child-age', [child, child], ['5_to_9']],
    ['ethnicity', [child, { ...child, ethnicity: 'CHNE' }, { ...child, ethnicity: 'OOTH' }], ['white', 'asian', 'other']],
    ['ethnicity', [{ ...child, ethnicity: 'NOBT' }, unborn], ['not_recorded']],
    ['ethnicity', [{ ...child, ethnicity: 'constructor' }], ['not_recorded']],
    ['disability', [child, { ...child, isDisabled: true }, unborn], ['no', 'yes', 'not_recorded']],
  ] as const)('by %s are those of each of its children, each once', (by, children, groups) => {
    expect(groupsOf(by, aStanding({ children }), MOMENT)).toEqual(groups);
  }); // prettier-ignore

  it.each([
    ['2026-06-30T23:30:00Z', { month: '2026-07', day: '2026-07-01', weekday: 'wed', hour: '00', 'weekday-hour': 'wed 00' }],
    ['2026-12-31T23:30:00Z', { month: '2026-12', day: '2026-12-31', weekday: 'thu', hour: '23', 'weekday-hour': 'thu 23' }],
    ['2026-10-25T00:30:00Z', { month: '2026-10', day: '2026-10-25', weekday: 'sun', hour: '01', 'weekday-hour': 'sun 01' }],
    ['2026-10-25T01:30:00Z', { month: '2026-10', day: '2026-10-25', weekday: 'sun', hour: '01', 'weekday-hour': 'sun 01' }],
  ] as const)('received at %s are by the clock of the hub', (receivedAt, groups) => {
    const standing = aStanding({ receivedAt: Temporal.Instant.from(receivedAt) });
    for (const [by, group] of Object.entries(groups)) {
      expect([by, groupsOf(by as keyof typeof groups, standing, MOMENT)]).toEqual([by, [group]]);
    }
  }); // prettier-ignore

  it('are none by a decision that is not there, and never the same twice', () => {
    for (const by of ['outcome', 'level', 'decider', 'sign-off-reason'] as const) {
      expect([by, groupsOf(by, aStanding(), MOMENT)]).toEqual([by, []]);
    }
    fc.assert(
      fc.property(anyStanding, fc.constantFrom(...BREAKDOWNS), (standing, by) => {
        const groups = groupsOf(by, standing, MOMENT);
        expect(new Set(groups).size).toBe(groups.length);
      }),
    );
  });
});
