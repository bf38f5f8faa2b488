import fc from 'fast-check';
import type { Addressee } from '../deadlines/escalation.ts';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { ALERT_GROUPS, type AlertGroup } from '../policy/triage-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import { WEEKDAYS } from '../working-time/working-calendar.ts';
import { DutyRota, type Rota } from './rota.ts';
import { rotaGaps } from './rota-gaps.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const person = (id: string, ...groups: AlertGroup[]) => ({ id, groups, isReachable: true });
const rota = (more: Partial<Rota>): Rota => ({ people: [], shifts: [], covers: [], absences: [], ...more });
/** In another time zone one instant in an hour shows whether the zone matters. */
const STEP = process.env['TZ'] === 'UTC' ? 5 * 60_000 : 65 * 60_000;
const FIVE_YEARS_FROM = Date.UTC(2026, 10, 23);
const FIVE_YEARS_UNTIL = Date.UTC(2031, 10, 23);

describe('the people who answer', () => {
  const people = [
    person('ann', 'duty_team'),
    person('bob', 'duty_team'),
    person('pam', 'practice_manager'),
    person('eve', 'emergency_duty_team'),
    person('hal', 'head_of_service', 'last_resort'),
  ];
  const shifts = [
    { group: 'duty_team', personId: 'ann', weekday: 'mon', from: '08:00', until: '13:00' },
    { group: 'duty_team', personId: 'bob', weekday: 'mon', from: '13:00', until: '18:00' },
    { group: 'emergency_duty_team', personId: 'eve', weekday: 'mon', from: '17:00', until: '08:30' },
  ] as const;
  const cover = {
    group: 'duty_team',
    personId: 'pam',
    from: at('2026-11-23T09:00'),
    until: at('2026-11-23T10:00'),
  } as const;
  const absence = { personId: 'bob', from: at('2026-11-23T14:00'), until: at('2026-11-23T15:00') };
  const duty = new DutyRota(rota({ people, shifts, covers: [cover], absences: [absence] }), calendar);

  it.each<[string, string | null, readonly Addressee[], readonly string[], readonly Addressee[]]>([
    ['2026-11-23T13:00', 'bob', ['owner'], ['bob'], ['owner']],
    // Away, not known, or no one person: the practice manager answers for the owner.
    ['2026-11-23T14:00', 'bob', ['owner'], ['pam'], ['practice_manager']],
    ['2026-11-23T13:00', 'zoe', ['owner'], ['pam'], ['practice_manager']],
    ['2026-11-23T13:00', null, ['owner'], ['pam'], ['practice_manager']],
    ['2026-11-23T14:00', 'bob', ['owner', 'practice_manager'], ['pam'], ['practice_manager']],
    [
      '2026-11-23T13:00',
      'bob',
      ['owner', 'duty_team', 'head_of_service'],
      ['bob', 'hal'],
      ['owner', 'duty_team', 'head_of_service'],
    ],
    ['2026-11-23T13:00', 'bob', ['duty_team'], ['bob'], ['duty_team']],
  ])('at %s, of owner %s, tells %s: %s', (local, owner, tell, people, groups) => {
    expect(duty.whoIsTold(tell, { ownerId: owner }, at(local))).toEqual({ people, groups });
  });

  it.each([
    ['the police', ['polly'], ['agency']],
    ['an agency of which no person can be reached', ['bob'], ['duty_team']],
    ['an agency without people', ['bob'], ['duty_team']],
  ])('asks the people of %s for an agency, else the duty team', (agencyId, told, groups) => {
    const partners = [
      { id: 'polly', groups: [], isReachable: true, agencyId: 'the police' },
      { id: 'una', groups: [], isReachable: false, agencyId: 'an agency of which no person can be reached' },
    ];
    const withPartners = new DutyRota(
      rota({ people: [...people, ...partners], shifts, covers: [], absences: [] }),
      calendar,
    );
    expect(withPartners.whoIsTold(['agency'], { ownerId: null, agencyId }, at('2026-11-23T13:00'))).toEqual({
      people: told,
      groups,
    });
  });

  it.each([
    ['2026-11-23T08:30', 'ann', 'duty_team'],
    ['2026-11-23T08:59', 'ann', 'duty_team'],
    ['2026-11-23T09:00', 'pam', 'duty_team'],
    ['2026-11-23T10:00', 'ann', 'duty_team'],
    ['2026-11-23T12:59', 'ann', 'duty_team'],
    ['2026-11-23T13:00', 'bob', 'duty_team'],
    ['2026-11-23T14:00', 'pam', 'practice_manager'],
    ['2026-11-23T15:00', 'bob', 'duty_team'],
    ['2026-11-23T16:59', 'bob', 'duty_team'],
    ['2026-11-23T17:00', 'eve', 'emergency_duty_team'],
    ['2026-11-24T08:29', 'eve', 'emergency_duty_team'],
    // A Tuesday no person is on for: the next more senior.
    ['2026-11-24T08:30', 'pam', 'practice_manager'],
    // A night no person is on for: no on-call manager and no service manager either.
    ['2026-11-24T18:00', 'hal', 'head_of_service'],
    ['2026-11-28T12:00', 'hal', 'head_of_service'],
  ])('gives for the duty team at %s: %s of %s', (local, who, group) => {
    expect(duty.whoAnswers(['duty_team'], at(local))).toEqual({ people: [who], groups: [group] });
  });

  it('ends a turn at the earlier of two half past ones in the night of the clock change', () => {
    const early = {
      group: 'emergency_duty_team',
      personId: 'eve',
      weekday: 'sun',
      from: '00:00',
      until: '01:30',
    } as const;
    const late = { ...early, personId: 'hal', from: '01:30', until: '08:00' } as const;
    const night = new DutyRota(rota({ people, shifts: [early, late] }), calendar);
    const asked = (utc: string) => night.onDuty('emergency_duty_team', Temporal.Instant.from(utc));
    expect(asked('2026-10-25T00:29Z')).toEqual(['eve']);
    expect(asked('2026-10-25T00:30Z')).toEqual(['hal']);
    expect(asked('2026-10-25T01:15Z')).toEqual(['hal']);
  });

  it('passes over a person whom no message reaches', () => {
    const unreachable = people.map((one) => (one.id === 'ann' ? { ...one, isReachable: false } : one));
    const without = new DutyRota(rota({ people: unreachable, shifts }), calendar);
    expect(without.whoAnswers(['duty_team'], at('2026-11-23T09:30')).people).toEqual(['pam']);
  });

  it('gives a person of several groups once', () => {
    expect(duty.whoAnswers(['head_of_service', 'last_resort'], at('2026-11-23T09:30')).people).toEqual(['hal']);
  });
});

it('sees a gap of the night from within the night, when the turn before it began the day before', () => {
  const eve = person('eve', 'emergency_duty_team');
  const others = ALERT_GROUPS.filter((group) => group !== 'emergency_duty_team');
  const turn = (weekday: (typeof WEEKDAYS)[number], until: string) => ({
    ...{ group: 'emergency_duty_team' as const, personId: 'eve', weekday, from: '16:00', until },
  });
  const shifts = WEEKDAYS.map((weekday) => turn(weekday, weekday === 'mon' ? '06:00' : '16:00'));
  const duty = new DutyRota(rota({ people: [eve, person('all', ...others)], shifts }), calendar);
  const gapsFrom = (local: string) =>
    rotaGaps(DEFAULT_POLICY, calendar, duty, at(local), at('2026-11-24T12:00')).map(({ from, until }) => [from, until]);
  const gap = [[at('2026-11-24T06:00'), at('2026-11-24T08:30')]];
  expect(gapsFrom('2026-11-23T20:00')).toEqual(gap);
  expect(gapsFrom('2026-11-24T00:30')).toEqual(gap);
});

describe('the rota at any instant', () => {
  const instants = (everyMs: number) => {
    const all: Temporal.Instant[] = [];
    for (let ms = FIVE_YEARS_FROM; ms < FIVE_YEARS_UNTIL; ms += everyMs) {
      all.push(Temporal.Instant.fromEpochMilliseconds(ms));
    }
    return all;
  };
  const tells = RATINGS.map((rating) => [
    ...new Set(DEFAULT_POLICY.ratings[rating].escalation.flatMap(({ tell }) => tell)),
  ]);

  it('has a person to answer at any five-minute instant of five years, for any rating, with nights and absences', () => {
    const people = [
      ...[0, 1, 2].map((n) => person(`duty${n}`, 'duty_team')),
      person('pam', 'practice_manager'),
      person('eve', 'emergency_duty_team'),
      person('hal', 'head_of_service'),
      person('max', 'last_resort'),
    ];
    const shifts = WEEKDAYS.slice(0, 5).map((weekday, n) => ({
      ...{ group: 'duty_team' as const, personId: `duty${n % 3}`, weekday },
      ...{ from: '08:00', until: '18:00' },
    }));
    const absences = [{ personId: 'pam', from: at('2027-03-27T00:00'), until: at('2027-04-12T00:00') }];
    const duty = new DutyRota(rota({ people, shifts, absences }), calendar);
    const unanswered: string[] = [];
    let asked = 0;
    for (const instant of instants(STEP)) {
      for (const tell of tells) {
        asked++;
        if (duty.whoAnswers(tell, instant).people.length === 0) unanswered.push(instant.toString());
      }
    }
    expect(unanswered).toEqual([]);
    expect(asked).toBe(3 * Math.ceil((FIVE_YEARS_UNTIL - FIVE_YEARS_FROM) / STEP));
  });

  const ids = ['a', 'b', 'c', 'd', 'e'];
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => {
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  });
  const instant = fc.integer({ min: FIVE_YEARS_FROM, max: FIVE_YEARS_UNTIL });
  const stretch = fc.tuple(instant, fc.integer({ min: 1, max: 30 * 24 * 60 })).map(([ms, minutes]) => {
    const from = Temporal.Instant.fromEpochMilliseconds(ms);
    return { from, until: from.add({ minutes }) };
  });
  const anyRota = fc.record({
    people: fc.array(
      fc.record({ id: fc.constantFrom(...ids), groups: fc.subarray([...ALERT_GROUPS]), isReachable: fc.boolean() }),
      { maxLength: 5 },
    ),
    shifts: fc.array(
      fc.record({
        group: fc.constantFrom(...ALERT_GROUPS),
        personId: fc.constantFrom(...ids),
        weekday: fc.constantFrom(...WEEKDAYS),
        from: time,
        until: time,
      }),
      { maxLength: 10 },
    ),
    covers: fc.array(
      fc
        .tuple(stretch, fc.constantFrom(...ALERT_GROUPS), fc.constantFrom(...ids))
        .map(([one, group, personId]) => ({ ...one, group, personId })),
      { maxLength: 4 },
    ),
    absences: fc.array(
      fc.tuple(stretch, fc.constantFrom(...ids)).map(([one, personId]) => ({ ...one, personId })),
      {
        maxLength: 4,
      },
    ),
  });

  it('has a person to answer by any rota while a person is of the last resort', () => {
    fc.assert(
      fc.property(anyRota, instant, fc.subarray([...ALERT_GROUPS], { minLength: 1 }), (any, ms, tell) => {
        const people = [
          ...any.people.filter(({ id }) => id !== 'a'),
          { ...person('a', 'last_resort'), isReachable: false },
        ];
        const told = new DutyRota({ ...any, people }, calendar).whoAnswers(
          tell,
          Temporal.Instant.fromEpochMilliseconds(ms),
        );
        expect(told.people.length).toBeGreaterThan(0);
        expect(told.groups.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('calls a gap exactly a time at which a group that is told has no person of its own', () => {
    fc.assert(
      fc.property(
        anyRota,
        instant,
        fc.array(fc.integer({ min: 0, max: 7 * 24 * 60 - 1 }), { minLength: 5 }),
        (any, ms, minutes) => {
          const duty = new DutyRota(any, calendar);
          const from = Temporal.Instant.fromEpochMilliseconds(ms);
          const gaps = rotaGaps(DEFAULT_POLICY, calendar, duty, from, from.add({ hours: 7 * 24 }));
          for (const minute of minutes) {
            const now = from.add({ minutes: minute });
            const inGap = (group: AlertGroup) =>
              gaps.some(
                (gap) =>
                  gap.group === group &&
                  Temporal.Instant.compare(gap.from, now) <= 0 &&
                  Temporal.Instant.compare(now, gap.until) < 0,
              );
            expect(inGap('service_manager')).toBe(duty.onDuty('service_manager', now).length === 0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
