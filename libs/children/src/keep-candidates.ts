import type { SubmittedChild } from '#domain';
import { rowsOf, sql, ChildCandidate, type Transaction } from '#store';
import { CHILD_AS_STORED, RECEIVED_ON } from './child-place.ts';
import { findCandidates } from './find-candidates.ts';

/** Keeps for each child of a referral that has come in who they may be. Safe to repeat. */
export async function keepCandidates(tx: Transaction, referralId: string): Promise<void> {
  const children = await tx.rows<{ position: number; submitted: SubmittedChild; on: string }>(sql`
    SELECT c.position, ${CHILD_AS_STORED} AS submitted, ${RECEIVED_ON} AS on
    FROM referral r JOIN referral_child c ON c.referral_id = r.id WHERE r.id = ${referralId} ORDER BY c.position`);
  const kept = await tx.rows<{ position: number }>(
    sql`SELECT DISTINCT position FROM child_candidate WHERE referral_id = ${referralId}`,
  );
  for (const { position, submitted, on } of children) {
    if (kept.some((one) => one.position === position)) continue;
    const found = await findCandidates(tx, { child: submitted, on: Temporal.PlainDate.from(on), referralId });
    for (const { referralId: otherId, position: otherPosition, band, weight, reasons } of found)
      await tx.insert(
        rowsOf(ChildCandidate, { referralId, position, otherId, otherPosition, band, weight, reasons: [...reasons] }),
      );
  }
}
