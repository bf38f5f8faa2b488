import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../src/policy/default-calendar.ts';
import { OUTCOMES } from '../src/code-lists/outcomes.ts';
import type { Moment } from '../src/measures/moment.ts';
import type { Standing } from '../src/measures/standing.ts';
import { elapsedMinutesBetween, workingMinutesBetween } from '../src/working-time/working-minutes.ts';
import { endOfWorkingDayAfter } from '../src/working-time/working-days.ts';

export const CALENDAR = workingCalendar(DEFAULT_CALENDAR);
/** Friday evening of a week without holidays. */
export const MOMENT: Moment = { asOf: Temporal.Instant.from('2026-11-27T18:00:00Z'), calendar: CALENDAR };

/** No decision, as it stands while there is none. */
export const UNDECIDED = {
  ...{ decisionId: null, decidedAt: null, decidedBy: null, outcome: null, thresholdLevel: null, progression: null },
  ...{ lateReason: null, signOffReasons: [], hasChildsVoice: null, signedAt: null, effectiveAt: null },
  ...{ elapsedMinutes: null, workingMinutes: null, cameBackAt: null, cameBackWorseAt: null },
} satisfies Partial<Standing>;

/** A green of one child, received on Monday at ten and due on Thursday; no person has touched it. */
export function aStanding(traits: Partial<Standing> = {}): Standing {
  const receivedAt = traits.receivedAt ?? Temporal.Instant.from('2026-11-23T10:00:00Z');
  const dueAt = traits.dueAt ?? endOfWorkingDayAfter(CALENDAR, receivedAt, 3);
  return {
    ...{ referralId: crypto.randomUUID(), reference: 'MASH-7K3F-9QXT', channel: 'api', agencyId: 'an agency' },
    ...{ receivedAt, sourceCode: '2A', concernTypes: ['neglect'], senderLevel: 2, isVoiceSought: true },
    children: [{ age: 7, isUnborn: false, ethnicity: 'WBRI', isDisabled: false }],
    ...{ suggested: 'green', suggestedBy: ['G01'], firstGiven: null, rating: 'green', wasLowered: false },
    ...{ dueAt, strictestDueAt: dueAt, statutoryDueAt: endOfWorkingDayAfter(CALENDAR, receivedAt, 1) },
    ...{ claimDueAt: null, firstOpenedAt: null, firstClaimedAt: null, firstRatedAt: null },
    ...UNDECIDED,
    ...{ returned: 0, takenBack: 0, earlier: 0, policyVersion: 1, calendarVersion: 1, changedAt: receivedAt },
    ...traits,
  };
}

/** A decision that took effect so many minutes after receipt. */
export function decidedAfter(minutes: number, standing: Standing, more: Partial<Standing> = {}): Standing {
  const effectiveAt = standing.receivedAt.add({ minutes });
  return {
    ...standing,
    ...{ decisionId: 'a decision', decidedAt: effectiveAt, decidedBy: 'a person', outcome: 'early_help' },
    ...{ thresholdLevel: 2, progression: 'referral', hasChildsVoice: true, effectiveAt },
    elapsedMinutes: elapsedMinutesBetween(standing.receivedAt, effectiveAt),
    workingMinutes: workingMinutesBetween(CALENDAR, standing.receivedAt, effectiveAt),
    ...more,
  };
}

const LONGEST = 12 * 24 * 60;
const minutes = (max: number) => fc.integer({ min: 1, max });

/** Any referral of the twelve days before the moment: of any rating, decided or not, late or not, lowered or not. */
export const anyStanding: fc.Arbitrary<Standing> = fc
  .record({
    age: minutes(LONGEST),
    limit: fc.constantFrom(4 * 60, 24 * 60, 72 * 60),
    rating: fc.constantFrom('red' as const, 'amber' as const, 'green' as const),
    lowered: fc.option(minutes(3 * 24 * 60)),
    opened: fc.option(minutes(LONGEST)),
    decided: fc.option(minutes(LONGEST)),
    outcome: fc.constantFrom(...OUTCOMES),
    hasReason: fc.boolean(),
    hasVoice: fc.boolean(),
    signOff: fc.constantFrom('none' as const, 'agreed' as const),
    takenBack: fc.nat({ max: 1 }),
    cameBack: fc.boolean(),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  })
  .map((any) => {
    const receivedAt = MOMENT.asOf.subtract({ minutes: any.age });
    const after = (of: number | null) => (of === null || of > any.age ? null : receivedAt.add({ minutes: of }));
    const strictestDueAt = receivedAt.add({ minutes: any.limit });
    const waiting = aStanding({
      ...{ receivedAt, rating: any.rating, wasLowered: any.lowered !== null, takenBack: any.takenBack, strictestDueAt },
      dueAt: strictestDueAt.add({ minutes: any.lowered ?? 0 }),
      claimDueAt: any.rating === 'red' ? receivedAt.add({ minutes: 30 }) : null,
      ...{ firstOpenedAt: after(any.opened), firstClaimedAt: after(any.opened) },
    });
    if (any.decided === null || any.decided > any.age) return waiting;
    const decided = decidedAfter(any.decided, waiting, {
      ...{ outcome: any.outcome, hasChildsVoice: any.hasVoice, thresholdLevel: any.level },
      lateReason: any.hasReason ? 'staff_shortage' : null,
    });
    return {
      ...decided,
      ...(any.signOff === 'agreed' ? { signOffReasons: ['level_4'] as never, signedAt: decided.effectiveAt } : {}),
      cameBackAt: any.cameBack ? MOMENT.asOf : null,
      cameBackWorseAt: any.cameBack && any.hasReason ? MOMENT.asOf : null,
    };
  });
