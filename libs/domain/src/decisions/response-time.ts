import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { elapsedMinutesBetween, workingMinutesBetween } from '../working-time/working-minutes.ts';

/** How long a referral took, in elapsed and in working time, and whether that was in time. */
export interface ResponseTime {
  /** Whole minutes from receipt to the decision taking effect. */
  readonly elapsedMinutes: number;
  /** Whole minutes during which the front door was open, in the same time. */
  readonly workingMinutes: number;
  /** Whether the decision took effect at its due time or before. */
  readonly onTime: boolean;
  /** Whether it took effect within one working day (Working Together; policy key `statutoryDecisionDue`). */
  readonly withinStatutoryLimit: boolean;
}

/**
 * Measures how long a referral took. The clock stops when the decision takes effect: at once where it needs no
 * sign-off, otherwise at sign-off (policy key `signOff.rule`).
 *
 * @param calendar the calendar version of the deadline that the decision met
 * @param referral the instants of receipt and of effect, and the two due times in force when the decision took effect
 */
export function responseTime(
  calendar: WorkingCalendar,
  referral: {
    readonly receivedAt: Temporal.Instant;
    readonly effectiveAt: Temporal.Instant;
    readonly dueAt: Temporal.Instant;
    readonly statutoryDueAt: Temporal.Instant;
  },
): ResponseTime {
  const { receivedAt, effectiveAt, dueAt, statutoryDueAt } = referral;
  // A clock that is put right may go back behind the receipt: no referral took less than no time.
  const end = Temporal.Instant.compare(effectiveAt, receivedAt) < 0 ? receivedAt : effectiveAt;
  return {
    elapsedMinutes: elapsedMinutesBetween(receivedAt, end),
    workingMinutes: workingMinutesBetween(calendar, receivedAt, end),
    onTime: Temporal.Instant.compare(effectiveAt, dueAt) <= 0,
    withinStatutoryLimit: Temporal.Instant.compare(effectiveAt, statutoryDueAt) <= 0,
  };
}
