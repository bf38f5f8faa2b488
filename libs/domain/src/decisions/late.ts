/** The limits of a decision: the hub's own, and that of Working Together. */
export interface DecisionLimits {
  readonly decisionDueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
}

/** Whether one of the limits has passed at an instant. At the limit itself a decision is still in time (`responseTime`). */
export function isLate(at: Temporal.Instant, { decisionDueAt, statutoryDueAt }: DecisionLimits): boolean {
  return [decisionDueAt, statutoryDueAt].some((limit) => Temporal.Instant.compare(at, limit) > 0);
}
