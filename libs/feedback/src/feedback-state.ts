import { randomUUIDv7 } from 'node:crypto';
import { FEEDBACK_STATES, type FeedbackActKind, type FeedbackState } from '#domain';
import { Feedback, FeedbackAct, rowsOf, sql, type RowsOf, type Transaction } from '#store';
import { endClock } from './feedback-clock.ts';

/*
 * Where the answer to a referrer may go to next. Every statement that changes one is in this file; owe-feedback.ts has
 * the one that begins it.
 *
 *   awaiting_leave → owed | not_told      a manager gives leave to tell a person of the public, or refuses it
 *   owed → told                           a provider has taken the message, or a person has told the referrer
 *   owed → not_told                       a manager says why the referrer is not told
 *   told → owed                           the address turns out not to work after all
 *   every one → withdrawn                 the decision is taken back, or its referral is open again
 */

/** An answer as an act finds it, locked until the act's transaction ends. */
export interface LockedFeedback extends Pick<Feedback, 'id' | 'state' | 'way' | 'audience'> {
  readonly referralId: string;
  readonly reference: string;
  /** Whose decision it is. */
  readonly decidedBy: string;
  /** When the decision cannot be taken back any more; null where that is so at once. */
  readonly undoableUntil: Temporal.Instant | null;
}

/** @returns null when there is no answer that stands, as before a decision */
export async function lockFeedbackOf(tx: Transaction, referralId: string): Promise<LockedFeedback | null> {
  return tx.row<LockedFeedback>(sql`
    SELECT f.id, f.state, f.way, f.audience, r.id AS "referralId", r.reference, r.undoable_until AS "undoableUntil",
      d.decided_by AS "decidedBy"
    FROM feedback f JOIN referral r ON r.id = f.referral_id JOIN decision d ON d.id = f.decision_id
    WHERE f.referral_id = ${referralId} AND r.status = 'decided' AND f.state <> 'withdrawn'
    ORDER BY f.owed_at DESC, f.id DESC LIMIT 1 FOR NO KEY UPDATE OF f`);
}

/** The answer of which a message tells. */
export async function lockFeedbackOfDelivery(tx: Transaction, deliveryId: string): Promise<LockedFeedback> {
  return (await tx.row<LockedFeedback>(sql`
    SELECT f.id, f.state, f.way, f.audience, r.id AS "referralId", r.reference, r.undoable_until AS "undoableUntil",
      d.decided_by AS "decidedBy"
    FROM delivery v JOIN feedback f ON f.id = v.feedback_id JOIN referral r ON r.id = f.referral_id
    JOIN decision d ON d.id = f.decision_id
    WHERE v.id = ${deliveryId} FOR NO KEY UPDATE OF f`))!;
}

/** The referrer has been told, or will not be: nothing is left to do. */
export async function settle(tx: Transaction, found: LockedFeedback, state: 'told' | 'not_told'): Promise<void> {
  await tx.change(Feedback, found.id, { state, settledAt: tx.now });
  await endClock(tx, { feedbackId: found.id, reference: found.reference }, 'met');
}

/** A manager has given leave. */
export async function giveLeave(tx: Transaction, { id }: LockedFeedback): Promise<void> {
  await tx.change(Feedback, id, { state: 'owed' });
}

/** The address does not work: a person has to tell the referrer. */
export async function leaveToPerson(tx: Transaction, { id }: LockedFeedback): Promise<void> {
  await tx.change(Feedback, id, { state: 'owed', settledAt: null, way: 'person', whyByPerson: 'address_failed' });
}

/** A decision is taken back: what its referrer was owed for it ends, as if it had not been. */
export async function withdrawFeedback(tx: Transaction, decisionId: string): Promise<void> {
  await withdraw(tx, decisionId, FEEDBACK_STATES);
}

/** The referral of a decision is open again: its referrer is told no more of it. What was settled stays so. */
export async function stopFeedback(tx: Transaction, decisionId: string): Promise<void> {
  await withdraw(tx, decisionId, ['awaiting_leave', 'owed', 'not_owed']);
}

async function withdraw(tx: Transaction, decisionId: string, states: readonly FeedbackState[]): Promise<void> {
  const found = await tx.row<{ id: string; reference: string }>(sql`
    SELECT f.id, r.reference FROM feedback f JOIN referral r ON r.id = f.referral_id
    WHERE f.decision_id = ${decisionId} AND f.state <> 'withdrawn' AND f.state = ANY(${states})
    FOR NO KEY UPDATE OF f`);
  if (found === null) return;
  await tx.change(Feedback, found.id, { state: 'withdrawn' });
  await endClock(tx, { feedbackId: found.id, reference: found.reference }, 'superseded');
}

/** What was done about an answer, to be inserted beside its entry in the record. @returns its id, too */
export function actOf(
  tx: Transaction,
  { id: feedbackId }: Pick<LockedFeedback, 'id'>,
  kind: FeedbackActKind,
  said: { readonly by: string; readonly words: string } | null,
): { readonly actId: string; readonly row: RowsOf } {
  const actId = randomUUIDv7();
  const { by, words } = said ?? { by: null, words: null };
  return { actId, row: rowsOf(FeedbackAct, { id: actId, feedbackId, kind, words, by, at: tx.now }) };
}
