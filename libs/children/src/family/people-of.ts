import { keepsAddress, type SubmittedAdult, type SubmittedChild, type SubmittedReferral } from '#domain';
import { sql, type Transaction } from '#store';

/** Everyone whom a referral names. */
export interface PeopleOf {
  readonly children: readonly SubmittedChild[];
  readonly adults: readonly SubmittedAdult[];
  /** No other page says where they live. */
  readonly isAddressKept: boolean;
}

/** The people of these referrals, by their ids. */
export async function peopleOf(
  tx: Transaction,
  referralIds: readonly string[],
): Promise<ReadonlyMap<string, PeopleOf>> {
  const rows = await tx.rows<Omit<PeopleOf, 'isAddressKept'> & { id: string; submitted: SubmittedReferral }>(sql`
    SELECT id, mash.submitted(id) AS submitted,
      (SELECT jsonb_agg(submitted ORDER BY position) FROM referral_child WHERE referral_id = r.id) AS children,
      (SELECT coalesce(jsonb_agg(submitted ORDER BY position), '[]') FROM referral_adult WHERE referral_id = r.id) AS adults
    FROM referral r WHERE id = ANY(${[...new Set(referralIds)]})`);
  return new Map(
    rows.map(({ id, submitted, children, adults }) => [
      id,
      { children, adults, isAddressKept: keepsAddress({ submitted, children, adults }) },
    ]),
  );
}
