import { isUuid, Refused } from '#platform';
import { sql, type Transaction } from '#store';

/** In the order of their ids, so that two who decide the same reports from two of their pages never wait for each other. */
export async function lockTogether(tx: Transaction, references: readonly string[]): Promise<void> {
  if (references.length === 1) return;
  await tx.rows(sql`SELECT id FROM referral WHERE reference = ANY(${references}) ORDER BY id FOR NO KEY UPDATE`);
}

/** @throws Refused `other-report-changed` when no person says any more that they report one incident */
export async function mustReportTheSame(tx: Transaction, one: string, other: string): Promise<void> {
  const found = await tx.row(sql`
    SELECT 1 FROM referral_incident mine JOIN referral_incident theirs USING (incident_id)
    WHERE mine.referral_id = (SELECT id FROM referral WHERE reference = ${one})
      AND theirs.referral_id = (SELECT id FROM referral WHERE reference = ${other} AND reference <> ${one})`);
  if (found === null) throw new Refused('other-report-changed');
}

/** The referrals that were decided with a decision by the same press, where that can be taken back: no person has signed it off since. */
export async function decidedWith(
  tx: Transaction,
  decisionId: string,
): Promise<readonly { readonly reference: string; readonly decisionId: string }[]> {
  if (!isUuid(decisionId)) return [];
  return tx.overAll((all) =>
    all.rows(sql`
    SELECT r.reference, d.id AS "decisionId" FROM decision d JOIN referral r ON r.id = d.referral_id
    WHERE d.decided_with = ${decisionId} AND r.undoable_until > ${tx.now}
      AND NOT EXISTS (SELECT 1 FROM sign_off s WHERE s.decision_id = d.id)
      AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL) ORDER BY r.id`),
  );
}
