import type { Transaction } from '#store';

/**
 * Links a referral to earlier ones of the same children in the twelve months before its receipt (the period of a
 * re-referral in the DfE's children in need census): by NHS number, UPN, or name and date of birth. Safe to repeat.
 *
 * @returns how many earlier referrals there are
 */
export async function linkEarlierReferrals(tx: Transaction, referralId: string): Promise<number> {
  await tx.rows(
    `INSERT INTO earlier_referral (referral_id, earlier_id, matched_on)
     SELECT DISTINCT ON (earlier.id) this.id, earlier.id, same.matched_on
     FROM referral this
     JOIN (
       SELECT mine.referral_id, theirs.referral_id AS earlier_id, 'nhs_number' AS matched_on, 1 AS strength
       FROM referral_child mine JOIN referral_child theirs USING (nhs_number) WHERE mine.referral_id = $1
       UNION ALL
       SELECT mine.referral_id, theirs.referral_id, 'upn', 2
       FROM referral_child mine JOIN referral_child theirs USING (upn) WHERE mine.referral_id = $1
       UNION ALL
       SELECT mine.referral_id, theirs.referral_id, 'name_and_date_of_birth', 3
       FROM referral_child mine JOIN referral_child theirs USING (name_key, date_of_birth) WHERE mine.referral_id = $1
     ) same ON same.referral_id = this.id
     JOIN referral earlier ON earlier.id = same.earlier_id
     WHERE this.id = $1 AND earlier.id <> this.id AND earlier.received_at < this.received_at
       AND earlier.received_at >= this.received_at - interval '12 months'
     ORDER BY earlier.id, same.strength
     ON CONFLICT DO NOTHING`,
    [referralId],
  );
  const counted = await tx.row<{ count: number }>(
    'SELECT count(*)::int AS count FROM earlier_referral WHERE referral_id = $1',
    [referralId],
  );
  return counted!.count;
}
