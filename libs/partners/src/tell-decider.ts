import { followUpRows, type Policies } from '#deadlines';
import { after, armFollowUp, followUpSpan, type Rating } from '#domain';
import type { Transaction } from '#store';

/**
 * The person who decided is told of what an agency said after the decision, and has a time to read it (policy key
 * `followUpDue`).
 *
 * @param subject the reference of the referral and the id of what was said, by `followUpSubject`
 */
export async function tellDecider(
  tx: Transaction,
  policies: Policies,
  { subject, deciderId, rating }: { readonly subject: string; readonly deciderId: string; readonly rating: Rating },
): Promise<void> {
  const inForce = await policies.inForce(tx);
  const dueAt = after(inForce.calendar, tx.now, followUpSpan(inForce.policy, 'late_answer', rating));
  const armed = armFollowUp(inForce.calendar, 'late_answer', { rating, startedAt: tx.now, dueAt });
  await tx.insert(...followUpRows(tx, { kind: 'late_answer', subject, ownerId: deciderId }, armed, inForce));
}
