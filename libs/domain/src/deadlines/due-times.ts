import type { TriagePolicy } from '../policy/triage-policy.ts';
import { isMoreUrgent, type Rating } from '../rating/rating.ts';
import { after } from '../working-time/span.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { endOfWorkingDayAfter } from '../working-time/working-days.ts';

/** When a referral must be decided and claimed by. Every instant is counted from the original receipt. */
export interface DueTimes {
  readonly decisionDueAt: Temporal.Instant;
  /** The limit of Working Together, kept beside the hub's own. */
  readonly statutoryDueAt: Temporal.Instant;
  /** Null where the rating sets no limit on claiming. */
  readonly claimDueAt: Temporal.Instant | null;
}

export function dueTimes(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  rating: Rating,
  receivedAt: Temporal.Instant,
): DueTimes {
  const { decisionDue, claimDue } = policy.ratings[rating];
  return {
    decisionDueAt: after(calendar, receivedAt, decisionDue),
    statutoryDueAt: endOfWorkingDayAfter(calendar, receivedAt, policy.statutoryDecisionDue.workingDays),
    claimDueAt: claimDue === null ? null : after(calendar, receivedAt, claimDue),
  };
}

/**
 * The due times after a re-rating. Raising moves the decision to the earlier of the old and the new due time, so that
 * a more urgent rating never buys time; lowering counts the new limit from the original receipt.
 */
export function dueTimesAfterRerating(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  change: { readonly from: Rating; readonly to: Rating; readonly decisionDueAt: Temporal.Instant },
  receivedAt: Temporal.Instant,
): DueTimes {
  const due = dueTimes(policy, calendar, change.to, receivedAt);
  const keepsOld =
    isMoreUrgent(change.to, change.from) && Temporal.Instant.compare(change.decisionDueAt, due.decisionDueAt) < 0;
  return keepsOld ? { ...due, decisionDueAt: change.decisionDueAt } : due;
}

/**
 * The due times under another version of policy or calendar, as if it had held since receipt: the whole history of
 * ratings counted again under it.
 *
 * @param ratings every rating the referral has had, the first first
 */
export function dueTimesUnder(
  policy: TriagePolicy,
  calendar: WorkingCalendar,
  ratings: readonly [Rating, ...Rating[]],
  receivedAt: Temporal.Instant,
): DueTimes {
  const [first, ...changes] = ratings;
  let from = first;
  let due = dueTimes(policy, calendar, from, receivedAt);
  for (const to of changes) {
    due = dueTimesAfterRerating(policy, calendar, { from, to, decisionDueAt: due.decisionDueAt }, receivedAt);
    from = to;
  }
  return due;
}
