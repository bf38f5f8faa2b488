import { teamOfFamily, type Localities, type SubmittedAdult, type SubmittedChild, type TeamOfFamily } from '#domain';
import { sql, type Transaction } from '#store';

/** The team of the family that a referral is about, by its address. */
export async function teamByAddress(
  tx: Transaction,
  referralId: string,
  localities: Localities,
): Promise<TeamOfFamily> {
  const people = await tx.row<{ children: readonly SubmittedChild[]; adults: readonly SubmittedAdult[] }>(sql`
    SELECT (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_child
        WHERE referral_id = ${referralId}) AS children,
      (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult
        WHERE referral_id = ${referralId}) AS adults`);
  return teamOfFamily(people!, localities);
}
