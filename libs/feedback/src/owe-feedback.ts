import { randomUUIDv7 } from 'node:crypto';
import type { Policies } from '#deadlines';
import { feedbackWay, proposedReason, referralSource, type FeedbackBy, type Outcome } from '#domain';
import type { LockedReferral } from '#referrals';
import { Feedback, rowsOf, sql, type Transaction } from '#store';
import { clockRows, feedbackDueAt } from './feedback-clock.ts';
import { letterRows } from './feedback-letters.ts';

/** What decides how a referrer is told. */
interface ToBeTold {
  readonly sourceCode: string;
  readonly feedbackBy: FeedbackBy;
  readonly hasEmail: boolean;
  readonly outcome: Outcome;
  readonly reasonToReferrer: string | null;
  readonly decidedBy: string;
}

/**
 * The hub owes the referrer an answer from the instant on at which a decision takes effect, in the transaction of the
 * decision. No message leaves before the decision can not be taken back any more.
 *
 * @param decision.undoableUntil null when it cannot be taken back
 */
export async function oweFeedback(
  tx: Transaction,
  policies: Policies,
  { id: referralId, reference }: Pick<LockedReferral, 'id' | 'reference'>,
  decision: { readonly id: string; readonly undoableUntil: Temporal.Instant | null },
): Promise<void> {
  const { sourceCode, outcome, reasonToReferrer, decidedBy, ...how } = (await tx.row<ToBeTold>(sql`
    SELECT coalesce(r.source_code, a.source_code) AS "sourceCode", a.feedback_by AS "feedbackBy",
      trim(coalesce(mash.submitted(r.id)->'referrer'->>'email', '')) <> '' AS "hasEmail",
      d.outcome, d.reason_to_referrer AS "reasonToReferrer", d.decided_by AS "decidedBy"
    FROM referral r JOIN agency a ON a.id = r.agency_id JOIN decision d ON d.id = ${decision.id}
    WHERE r.id = ${referralId}`))!;
  const { audience, state, way, whyByPerson } = feedbackWay({ source: referralSource(sourceCode), ...how });
  const id = randomUUIDv7();
  const owed = {
    ...{ id, referralId, decisionId: decision.id, audience, state, way, whyByPerson },
    // A person of the public hears nothing that says more of the family.
    reason: (audience === 'professional' ? reasonToReferrer : null) ?? proposedReason(outcome, audience),
    ...{ owedAt: tx.now, settledAt: null },
  };
  if (state === 'not_owed') return void (await tx.insert(rowsOf(Feedback, { ...owed, dueAt: null })));
  const inForce = await policies.inForce(tx);
  await tx.insert(
    rowsOf(Feedback, { ...owed, dueAt: feedbackDueAt(inForce, tx.now) }),
    ...(state === 'owed' && way === 'message' ? [letterRows(id, decision.undoableUntil ?? tx.now)] : []),
    ...clockRows(tx, inForce, { feedbackId: id, reference }, decidedBy),
  );
}
