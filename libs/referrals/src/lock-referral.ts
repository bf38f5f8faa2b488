import { mustNotBeHidden } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { sql, type Referral, type Transaction } from '#store';

/** A referral as a use case finds it, locked until its transaction ends. */
export type LockedReferral = Pick<
  Referral,
  | 'id'
  | 'reference'
  | 'status'
  | 'version'
  | 'rating'
  | 'receivedAt'
  | 'decisionDueAt'
  | 'statutoryDueAt'
  | 'claimedBy'
  | 'firstOpenedAt'
  | 'firstClaimedAt'
  | 'firstRatedAt'
  | 'immediateDanger'
  | 'undoableUntil'
>;

/**
 * Locks the referral that an act is about: against other acts, not against rows that refer to it, such as an alert
 * that fires meanwhile.
 *
 * @param seenVersion the version that the person had on the page; left out where any will do
 * @throws Refused `not-found`, or `changed-meanwhile` when it has another version by now
 */
export async function lockReferral(tx: Transaction, reference: string, seenVersion?: number): Promise<LockedReferral> {
  const found = await tx.row<LockedReferral>(sql`
    SELECT id, reference, status, version, rating, received_at AS "receivedAt", decision_due_at AS "decisionDueAt",
      statutory_due_at AS "statutoryDueAt", claimed_by AS "claimedBy", first_opened_at AS "firstOpenedAt",
      first_claimed_at AS "firstClaimedAt", first_rated_at AS "firstRatedAt", immediate_danger AS "immediateDanger",
      undoable_until AS "undoableUntil"
    FROM referral WHERE reference = ${parseReferralReference(reference) ?? ''} FOR NO KEY UPDATE`);
  if (found === null) throw new Refused('not-found');
  await mustNotBeHidden(tx, found.id);
  if (seenVersion !== undefined && found.version !== seenVersion) throw new Refused('changed-meanwhile');
  return found;
}
