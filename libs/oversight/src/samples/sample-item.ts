import { mustNotBeHidden } from '#access';
import { Refused } from '#platform';
import { sql, type Transaction } from '#store';

/** A drawn decision as a reader finds it, with nothing of the decision itself. */
export interface FoundItem {
  readonly id: string;
  /** Such as `2026-10`. */
  readonly month: string;
  readonly position: number;
  readonly referralId: string;
  readonly reference: string;
  readonly decisionId: string;
  readonly decidedBy: string;
  /** The reader decided it, or signed it off or returned it. */
  readonly isOwn: boolean;
  readonly isGraded: boolean;
  /** The reader's own blind reading; null before. */
  readonly readingId: string | null;
}

/**
 * @param readerId the person who opens it
 * @throws Refused `not-found`, or `sample-of-own-decision` while it is not graded
 */
export async function findItem(tx: Transaction, id: string, readerId: string): Promise<FoundItem> {
  const found = await tx.row<FoundItem>(sql`
    SELECT i.id, to_char(s.month, 'YYYY-MM') AS month, i.position, i.referral_id AS "referralId", r.reference,
      i.decision_id AS "decisionId", i.decided_by AS "decidedBy", ${isOwn(readerId)} AS "isOwn",
      EXISTS (SELECT 1 FROM sample_grade g WHERE g.item_id = i.id) AS "isGraded",
      (SELECT b.id FROM sample_blind_reading b WHERE b.item_id = i.id AND b.reader_id = ${readerId}) AS "readingId"
    FROM sample_item i JOIN sample s ON s.id = i.sample_id JOIN referral r ON r.id = i.referral_id
    WHERE i.id = ${id}`);
  if (found === null) throw new Refused('not-found');
  await mustNotBeHidden(tx, found.referralId);
  if (found.isOwn && !found.isGraded) throw new Refused('sample-of-own-decision');
  return found;
}

/** Locks an item against the acts of other readers. @throws as {@link findItem} */
export async function lockItem(tx: Transaction, id: string, readerId: string): Promise<FoundItem> {
  await tx.rows(sql`SELECT 1 FROM sample_item WHERE id = ${id} FOR NO KEY UPDATE`);
  return findItem(tx, id, readerId);
}

/** Whether a person decided the item `i`, or signed its decision off or returned it. */
export const isOwn = (personId: string) => sql`(i.decided_by = ${personId} OR EXISTS (
  SELECT 1 FROM sign_off o WHERE o.decision_id = i.decision_id AND o.signed_by = ${personId}))`;
