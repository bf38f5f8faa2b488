import type { WorkingCalendar } from '../working-time/working-calendar.ts';
import { elapsedMinutesBetween, workingMinutesBetween } from '../working-time/working-minutes.ts';

/** How long a referral took, on both clocks, against the due time then in force. */
export interface ResponseTime {
  /** Whole minutes from receipt to the decision taking effect. */
  readonly elapsedMinutes: number;
  readonly workingMinutes: number;
  readonly onTime: boolean;
  readonly withinStatutoryLimit: boolean;
}

/** Measures a decision. The clock stops when it takes effect: at once, or at sign-off (policy key `signOff.rule`). */
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
  return {
    elapsedMinutes: elapsedMinutesBetween(receivedAt, effectiveAt),
    workingMinutes: workingMinutesBetween(calendar, receivedAt, effectiveAt),
    onTime: Temporal.Instant.compare(effectiveAt, dueAt) <= 0,
    withinStatutoryLimit: Temporal.Instant.compare(effectiveAt, statutoryDueAt) <= 0,
  };
}
