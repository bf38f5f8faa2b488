import { sql, type ReferralStatus, type Sql } from '#store';

/** Where a referral stands, as its agency may know it. */
export type OwnStatus = 'received' | 'in_triage' | 'decided';

/** What decides it. */
export interface StandingOfOwn {
  readonly status: ReferralStatus;
  readonly opened: boolean;
  /** Until when the decision can be taken back; null where it cannot. */
  readonly undoableUntil: Temporal.Instant | null;
}

/** The columns of {@link StandingOfOwn}, of a row of `referral`. */
export const OWN_STATUS: Sql = sql`status, first_opened_at IS NOT NULL AS opened, undoable_until AS "undoableUntil"`;

/** Partners learn that we are at it and when we are done, and nothing of what we know or think. */
export function ownStatus({ status, opened, undoableUntil }: StandingOfOwn, now: Temporal.Instant): OwnStatus {
  const isUndoable = undoableUntil !== null && Temporal.Instant.compare(undoableUntil, now) > 0;
  if (status === 'decided' && !isUndoable) return 'decided';
  return opened ? 'in_triage' : 'received';
}
