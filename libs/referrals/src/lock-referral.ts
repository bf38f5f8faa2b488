import { parseReferralReference, type Rating } from '#domain';
import { Refused } from '#platform';
import type { ReferralStatus, Transaction } from '#store';

/** A referral as a use case finds it, locked until its transaction ends. */
export interface LockedReferral {
  readonly id: string;
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly version: number;
  readonly rating: Rating;
  readonly receivedAt: Temporal.Instant;
  readonly decisionDueAt: Temporal.Instant;
  readonly statutoryDueAt: Temporal.Instant;
  readonly claimedBy: string | null;
  readonly immediateDanger: boolean;
  readonly undoableUntil: Temporal.Instant | null;
}

/**
 * Locks the referral that an act is about: against other acts, not against rows that refer to it, such as an alert
 * that fires meanwhile.
 *
 * @param seenVersion the version that the person had before them; left out where any will do
 * @throws Refused `not-found`, or `changed-meanwhile` when it has another version by now
 */
export async function lockReferral(tx: Transaction, reference: string, seenVersion?: number): Promise<LockedReferral> {
  const found = await tx.row<LockedReferral>(
    `SELECT id, reference, status, version, rating, received_at AS "receivedAt", decision_due_at AS "decisionDueAt",
       statutory_due_at AS "statutoryDueAt", claimed_by AS "claimedBy",
       immediate_danger AS "immediateDanger", undoable_until AS "undoableUntil"
     FROM referral WHERE reference = $1 FOR NO KEY UPDATE`,
    [parseReferralReference(reference) ?? ''],
  );
  if (found === null) throw new Refused('not-found');
  if (seenVersion !== undefined && found.version !== seenVersion) throw new Refused('changed-meanwhile');
  return found;
}
