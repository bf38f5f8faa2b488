import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { policyIn } from '../policy/decision-rules.ts';
import { DEFAULT_FOLLOW_UP_RULES, FOLLOW_UPS, followUpSpan } from '../policy/follow-up-rules.ts';
import { policyFaults } from '../policy/policy-faults.ts';
import type { TriagePolicy } from '../policy/triage-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import { after, type Span } from '../working-time/span.ts';
import { isOpen } from '../working-time/working-calendar.ts';
import { armFollowUp, nextFollowUpRepeat } from './follow-up-deadlines.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const london = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const inLondon = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' });
const instants = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const compare = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b);

describe('a request for information', () => {
  it.each([
    // Answered within the hub's day, over the night, and sent on a Friday evening.
    ['red', '2026-11-24T10:00', '2026-11-24T12:00', ['2026-11-24T10:00', '2026-11-24T12:00', '2026-11-24T13:00']],
    ['red', '2026-11-27T23:00', '2026-11-28T01:00', ['2026-11-27T23:00', '2026-11-28T01:00', '2026-11-28T02:00']],
    ['amber', '2026-11-24T09:00', '2026-11-24T15:00', ['2026-11-24T09:00', '2026-11-24T15:00', '2026-11-25T10:30']],
    ['amber', '2026-11-27T14:00', '2026-11-27T20:00', ['2026-11-27T14:00', '2026-11-30T08:30', '2026-11-30T12:30']],
    ['green', '2026-11-24T10:00', '2026-11-25T10:00', ['2026-11-24T10:00', '2026-11-25T10:00', '2026-11-26T10:00']],
  ] as const)('about a %s that is sent at %s is due at %s and tells at %j', (rating, sent, due, told) => {
    const startedAt = london(sent);
    const dueAt = after(calendar, startedAt, followUpSpan(DEFAULT_POLICY, 'information_request', rating));
    const armed = armFollowUp(calendar, 'information_request', { rating, startedAt, dueAt });
    expect(inLondon(armed.dueAt)).toBe(due);
    expect(armed.steps.map(({ at }) => inLondon(at))).toEqual(told);
    expect(armed.steps.map(({ tell }) => tell.join(' '))).toEqual([
      'agency',
      'agency owner',
      'agency practice_manager',
    ]);
  });
});

describe('a follow-up', () => {
  it('of any kind and rating is told of no earlier than it is due, and but for reds while the front door is open', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FOLLOW_UPS), fc.constantFrom(...RATINGS), instants, (kind, rating, startedAt) => {
        const dueAt = after(calendar, startedAt, followUpSpan(DEFAULT_POLICY, kind, rating));
        const { steps } = armFollowUp(calendar, kind, { rating, startedAt, dueAt }, false);
        expect(steps.map(({ position, repetition }) => [position, repetition])).toEqual([
          [0, 0],
          [1, 1],
        ]);
        for (const { at } of steps) {
          expect(compare(at, dueAt)).toBeGreaterThanOrEqual(0);
          if (rating === 'red') continue;
          expect(isOpen(calendar, at)).toBe(true);
        }
        expect(compare(steps[1]!.at, steps[0]!.at)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is told of again after now, however late the step before fired', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RATINGS), instants, fc.integer({ min: 0, max: 200 }), (rating, dueAt, hours) => {
        const { steps } = armFollowUp(calendar, 'feedback', { rating, startedAt: dueAt, dueAt });
        const now = steps.at(-1)!.at.add({ hours });
        const next = nextFollowUpRepeat(calendar, rating, steps.at(-1)!, now)!;
        expect(compare(next.at, now)).toBe(1);
        expect(next.repetition).toBe(2);
        expect(nextFollowUpRepeat(calendar, rating, steps[0]!, now)).toBeNull();
      }),
    );
  });
});

describe('the times of follow-ups in a policy', () => {
  it('are those of the service where a version says nothing of them, and its own where it does', () => {
    const { informationDue: _, followUpDue: __, ...before } = DEFAULT_POLICY;
    expect(policyIn<TriagePolicy>(before)).toMatchObject(DEFAULT_FOLLOW_UP_RULES);
    const own: Span = { workingHours: 3 };
    const some = { ...before, followUpDue: { feedback: own } } as unknown as TriagePolicy;
    expect(policyIn<TriagePolicy>(some).followUpDue).toEqual({ ...DEFAULT_FOLLOW_UP_RULES.followUpDue, feedback: own });
  });

  it.each([
    [
      'informationDue.amber',
      { ...DEFAULT_POLICY, informationDue: { ...DEFAULT_POLICY.informationDue, amber: { elapsedHours: 0 } } },
    ],
    [
      'followUpDue.conference',
      { ...DEFAULT_POLICY, followUpDue: { ...DEFAULT_POLICY.followUpDue, conference: { workingDays: 1.5 } } },
    ],
    ['followUpDue.feedback', { ...DEFAULT_POLICY, followUpDue: { ...DEFAULT_POLICY.followUpDue, feedback: {} } }],
  ])('have a fault at %s where one is no span', (at, policy) => {
    expect(policyFaults(policy as unknown as TriagePolicy).map((fault) => fault.at)).toEqual([at]);
  });
});
