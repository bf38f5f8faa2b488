import { after, armFollowUp, followUpSpan, type Rating } from '#domain';
import { sql, type Transaction } from '#store';
import { endServiceDeadline } from './deadline-state.ts';
import { followUpRows, followUpSubject } from './follow-ups.ts';
import type { PolicyInForce } from './policies.ts';

/**
 * Sets the clock of a third contact anew, because its referral is rated otherwise: the alerts of a red come at any hour. It
 * is counted from when the contact was found, as before. Does nothing where no manager has to look.
 */
export async function rearmThirdContact(
  tx: Transaction,
  { id, reference }: { readonly id: string; readonly reference: string },
  rating: Rating,
  inForce: PolicyInForce,
): Promise<void> {
  const subject = followUpSubject(reference, id);
  const open = await tx.row<{ generation: number; startedAt: Temporal.Instant; isUntold: boolean }>(sql`
    SELECT d.generation, (SELECT min(armed_at) FROM deadline WHERE kind = d.kind AND subject = d.subject
        AND generation <= d.generation AND state IN ('open', 'superseded')) AS "startedAt",
      NOT EXISTS (SELECT 1 FROM alert a JOIN deadline o ON o.id = a.deadline_id
        WHERE o.kind = d.kind AND o.subject = d.subject) AS "isUntold"
    FROM deadline d WHERE d.kind = 'third_contact' AND d.subject = ${subject} AND d.state = 'open' FOR NO KEY UPDATE`);
  if (open === null) return;
  const { generation, startedAt, isUntold } = open;
  await endServiceDeadline(tx, 'third_contact', subject, 'superseded');
  const dueAt = after(inForce.calendar, startedAt, followUpSpan(inForce.policy, 'third_contact', rating));
  const armed = armFollowUp(inForce.calendar, 'third_contact', { rating, startedAt, dueAt }, isUntold);
  const about = { kind: 'third_contact', subject, generation: generation + 1 } as const;
  await tx.insert(...followUpRows(tx, about, armed, inForce));
}
