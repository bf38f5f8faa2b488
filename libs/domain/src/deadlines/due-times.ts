import type { TriagePolicy } from '../policy/triage-policy.ts';
import { isMoreUrgent, type Rating } from '../rating/rating.ts';
import { after } from '../working-time/span.ts';
import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { endOfWorkingDayAfter } from '../working-time/working-days.ts';

/** The due times of one referral. Each is an instant that is counted from the original receipt. */
export interface DueTimes {
  /** By when the referral must be decided, by the hub's own target for its rating (policy key `decisionDue`). */
  readonly decisionDueAt: Temporal.Instant;
  /** By when it must be decided by Working Together: within one working day (policy key `statutoryDecisionDue`). */
  readonly statutoryDueAt: Temporal.Instant;
  /** By when a person must have claimed it (policy key `claimDue`); null when the rating has no such limit. */
  readonly claimDueAt: Temporal.Instant | null;
}

/**
 * The due times of a referral under one rating: the central rule of the service.
 *
 * The policy says which clock a rating runs on. Under the default policy a red has 4 elapsed hours, so its clock runs
 * through nights, weekends and holidays; an amber has 1 working day and a green 3 (policy key `ratings`: hubs'
 * published rating policies; see `default-policy.ts`). The statutory limit is the same for every rating (Working
 * Together; policy key `statutoryDecisionDue`).
 *
 * @param policy the version of the policy in force
 * @param calendar the version of the calendar in force
 * @param rating the rating whose limits apply
 * @param receivedAt the instant of receipt, never of a later rating
 * @throws RangeError when the calendar has no working day within a year, which `calendarFaults` rules out
 */
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
 * The due times after a re-rating (policy key `ratings`; hubs' published rating policies). A more urgent rating moves
 * the decision's due time to the earlier of the old and the new one, so that raising a rating never gives more time. A
 * less urgent rating counts its own limit from the original receipt.
 *
 * @param change the ratings before and after, and the decision's due time before, an instant
 * @param receivedAt the instant of the original receipt
 * @throws RangeError as {@link dueTimes}
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
 * The due times under another version of policy or calendar: the whole history of ratings is counted again, as if that
 * version had been in force since receipt (decision record 11).
 *
 * @param ratings every rating that the referral has had, the first one first
 * @param receivedAt the instant of the original receipt
 * @throws RangeError as {@link dueTimes}
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
