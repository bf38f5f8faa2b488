import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { ALERT_GROUPS } from '../policy/triage-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import { dueTimes, dueTimesAfterRerating } from './due-times.ts';
import { groupsOnDuty } from '../rota/rota.ts';
import { armSteps, nextRepeat, passedOver, pausedUntil } from './escalation.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const london = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const inLondon = (instant: Temporal.Instant | null) =>
  instant?.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' }) ?? null;

describe('due times', () => {
  it.each([
    ['red', '2026-11-23T14:00', '2026-11-23T18:00', '2026-11-23T14:30'],
    ['red', '2026-03-28T23:30', '2026-03-29T04:30', '2026-03-29T00:00'],
    ['red', '2026-10-24T23:30', '2026-10-25T02:30', '2026-10-25T00:00'],
    ['amber', '2026-11-23T14:00', '2026-11-24T14:00', null],
    ['green', '2026-11-23T14:00', '2026-11-26T14:00', null],
  ] as const)('makes %s received at %s due at %s', (rating, received, decision, claim) => {
    const due = dueTimes(DEFAULT_POLICY, calendar, rating, london(received));
    expect([inLondon(due.decisionDueAt), inLondon(due.claimDueAt)]).toEqual([decision, claim]);
  });

  it('takes the earlier of old and new due time after raising, and counts from receipt after lowering', () => {
    const receivedAt = london('2026-11-23T06:00');
    const rerated = (from: 'red' | 'amber' | 'green', to: 'red' | 'amber' | 'green') => {
      const { decisionDueAt } = dueTimes(DEFAULT_POLICY, calendar, from, receivedAt);
      return inLondon(
        dueTimesAfterRerating(DEFAULT_POLICY, calendar, { from, to, decisionDueAt }, receivedAt).decisionDueAt,
      );
    };
    expect(rerated('amber', 'red')).toBe('2026-11-23T10:00');
    expect(rerated('red', 'amber')).toBe('2026-11-23T17:00');
    expect(rerated('green', 'amber')).toBe('2026-11-23T17:00');
  });

  it('never makes a referral due later by raising it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2030, 0, 1) }),
        fc.integer({ min: -100, max: 100_000 }),
        (ms, minutes) => {
          const receivedAt = Temporal.Instant.fromEpochMilliseconds(ms);
          const decisionDueAt = receivedAt.add({ minutes });
          const change = { from: 'green', to: 'amber', decisionDueAt } as const;
          const due = dueTimesAfterRerating(DEFAULT_POLICY, calendar, change, receivedAt).decisionDueAt;
          expect(Temporal.Instant.compare(due, decisionDueAt)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });
});

describe('escalation', () => {
  const armed = (rating: 'red' | 'amber' | 'green', received: string) => {
    const receivedAt = london(received);
    const dueAt = dueTimes(DEFAULT_POLICY, calendar, rating, receivedAt).decisionDueAt;
    return armSteps(DEFAULT_POLICY, calendar, rating, { receivedAt, dueAt });
  };

  it.each([
    [
      'red',
      '2026-11-23T14:00',
      ['2026-11-23T14:30', '2026-11-23T16:00', '2026-11-23T17:30', '2026-11-23T18:00', '2026-11-23T18:30'],
    ],
    ['amber', '2026-11-23T14:00', ['2026-11-24T10:00', '2026-11-24T12:00', '2026-11-24T14:00', '2026-11-24T16:00']],
    ['amber', '2026-11-27T09:00', ['2026-11-27T12:30', '2026-11-27T14:30', '2026-11-30T09:00', '2026-11-30T11:00']],
    ['green', '2026-11-23T14:00', ['2026-11-25T14:30', '2026-11-26T14:00', '2026-11-27T14:00']],
  ] as const)('arms the steps of %s received at %s', (rating, received, instants) => {
    expect(armed(rating, received).map((step) => inLondon(step.at))).toEqual(instants);
  });

  it('repeats a step on its grid, and skips the repeats it missed', () => {
    const last = armed('red', '2026-11-23T14:00').at(-1)!;
    const next = nextRepeat(DEFAULT_POLICY, calendar, 'red', last, last.at)!;
    expect([next.repetition, inLondon(next.at)]).toEqual([2, '2026-11-23T19:00']);
    const afterOutage = nextRepeat(DEFAULT_POLICY, calendar, 'red', last, london('2026-11-23T22:10'))!;
    expect([afterOutage.repetition, inLondon(afterOutage.at)]).toEqual([2, '2026-11-23T22:30']);
  });

  it('repeats no step that fires once', () => {
    const [first] = armed('red', '2026-11-23T14:00');
    expect(nextRepeat(DEFAULT_POLICY, calendar, 'red', first!, first!.at)).toBeNull();
  });

  it('passes over all but the most senior step already in the past', () => {
    const steps = armed('red', '2026-11-23T14:00');
    expect(passedOver(steps, london('2026-11-23T14:10'), false)).toEqual([]);
    expect(passedOver(steps, london('2026-11-23T16:00'), false).map((step) => step.position)).toEqual([0]);
    expect(passedOver(steps, london('2026-11-23T20:00'), false).map((step) => step.position)).toEqual([0, 1, 2, 3]);
  });

  it('passes over no step for one whose condition does not hold', () => {
    const [first, second, third] = armed('red', '2026-11-23T14:00');
    const steps = [first!, second!, { ...third!, onlyIfUnclaimed: true }];
    const later = london('2026-11-23T20:00');
    const positions = (isClaimed: boolean) => passedOver(steps, later, isClaimed).map((step) => step.position);
    expect([positions(false), positions(true)]).toEqual([[0, 1], [0]]);
  });

  it.each([
    ['red', '2026-11-23T18:10', '2026-11-23T18:40'],
    ['amber', '2026-11-23T16:00', '2026-11-24T09:30'],
    ['green', '2026-11-27T15:00', '2026-11-30T15:00'],
  ] as const)('pauses %s acknowledged at %s until %s', (rating, now, until) => {
    expect(inLondon(pausedUntil(DEFAULT_POLICY, calendar, rating, london(now)))).toBe(until);
  });

  it('tells the emergency duty team and the on-call manager when the front door is shut', () => {
    const tell = ['duty_team', 'practice_manager', 'service_manager'] as const;
    expect(groupsOnDuty(calendar, tell, london('2026-11-23T16:59'))).toEqual(tell);
    expect(groupsOnDuty(calendar, tell, london('2026-11-23T17:00'))).toEqual([
      'emergency_duty_team',
      'on_call_manager',
      'service_manager',
    ]);
  });

  it('has a group to tell at every step, at an instant after receipt or at once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...RATINGS),
        fc.integer({ min: Date.UTC(2019, 0, 1), max: Date.UTC(2030, 0, 1) }),
        (rating, ms) => {
          const receivedAt = Temporal.Instant.fromEpochMilliseconds(ms);
          const dueAt = dueTimes(DEFAULT_POLICY, calendar, rating, receivedAt).decisionDueAt;
          const steps = armSteps(DEFAULT_POLICY, calendar, rating, { receivedAt, dueAt });
          for (const step of steps) {
            const groups = groupsOnDuty(calendar, step.tell, step.at);
            expect(groups.length).toBeGreaterThan(0);
            expect(ALERT_GROUPS).toEqual(expect.arrayContaining([...groups]));
          }
          expect(steps.map((step) => step.at.epochMilliseconds)).toEqual(
            steps.map((step) => step.at.epochMilliseconds).sort((a, b) => a - b),
          );
        },
      ),
    );
  });
});
