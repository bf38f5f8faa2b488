import { mustNotBeHidden } from '#access';
import { Refused } from '#platform';
import { sql, type Transaction } from '#store';

/*
 * How a challenge stands follows from its rows, which are never changed:
 *
 *   waiting → answered      a manager answers
 *   answered → waiting      the person who made it returns the answer; the clock has run on
 *   answered → settled      the person who made it accepts the answer, which ends the clock
 */
export type ChallengeState = 'waiting' | 'answered' | 'settled';

/** A challenge as an act finds it. */
export interface LockedChallenge {
  readonly id: string;
  readonly referralId: string;
  readonly reference: string;
  readonly madeBy: string;
  /** The person who made it does not work here any more: then another senior manager replies. */
  readonly isOrphaned: boolean;
  readonly state: ChallengeState;
  /** The last answer; null while there is none. */
  readonly answerId: string | null;
}

/** The state of the challenge `c`, whose last answer is `a` with the reply `y`. */
export const STATE_OF_CHALLENGE = sql`CASE WHEN a.id IS NULL OR y.result = 'returned' THEN 'waiting'
  WHEN y.result IS NULL THEN 'answered' ELSE 'settled' END`;

/** The last answer of the challenge `c`, and the reply to it. */
export const LAST_ANSWER = sql`LEFT JOIN LATERAL (
    SELECT * FROM challenge_answer WHERE challenge_id = c.id ORDER BY answered_at DESC, id DESC LIMIT 1) a ON true
  LEFT JOIN challenge_reply y ON y.answer_id = a.id`;

/**
 * Locks a challenge against other acts on it, and says how it stands.
 *
 * @throws Refused `not-found`
 */
export async function lockChallenge(tx: Transaction, id: string): Promise<LockedChallenge> {
  const locked = await tx.row(sql`SELECT 1 FROM challenge WHERE id = ${id} FOR NO KEY UPDATE`);
  if (locked === null) throw new Refused('not-found');
  // In a statement of its own, which sees what was committed while it waited for the lock.
  const found = await tx.row<LockedChallenge>(sql`
    SELECT c.id, c.referral_id AS "referralId", r.reference, c.made_by AS "madeBy", NOT m.is_active AS "isOrphaned",
      ${STATE_OF_CHALLENGE} AS state, a.id AS "answerId"
    FROM challenge c JOIN referral r ON r.id = c.referral_id JOIN staff_member m ON m.id = c.made_by ${LAST_ANSWER}
    WHERE c.id = ${id}`);
  await mustNotBeHidden(tx, found!.referralId);
  return found!;
}

/** What the deadline of a challenge is about. Alerts name the reference, and nothing else of the referral. */
export function challengeSubject({ reference, id }: { readonly reference: string; readonly id: string }): string {
  return `${reference} ${id}`;
}
