import { auditEntry } from '#audit';
import { releaseReferral } from '#referrals';
import { sql, type Transaction } from '#store';

/**
 * Puts referrals back on the queue whose holder may not open them any more: a restriction covers them now, or does not let the
 * holder in, or the hour of an opened glass is over.
 *
 * @returns how many went back
 */
export async function releaseHidden(tx: Transaction): Promise<number> {
  const held = await tx.rows<{ id: string; holder: string }>(sql`
    SELECT r.id, r.claimed_by AS holder FROM referral r
    WHERE r.status = 'awaiting_decision' AND r.claimed_by IS NOT NULL
      AND r.id IN (SELECT covered.referral_id FROM restricted_referral covered
        JOIN restriction x ON x.id = covered.restriction_id WHERE x.ended_at IS NULL)
      AND r.id IN (SELECT mash.hidden_from(r.claimed_by))
    ORDER BY r.id FOR NO KEY UPDATE`);
  for (const { id, holder } of held) {
    await releaseReferral(tx, id);
    await tx.insert(auditEntry(tx, 'referral.given-back', id, { from: holder }));
  }
  return held.length;
}
