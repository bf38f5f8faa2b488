import { sql, type FamilyKey, type Transaction } from '#store';

/** A person of some referrals and one of another, who have a key in common. */
export interface FamilyKeyInCommon extends Pick<FamilyKey, 'sort'> {
  readonly mine: PersonPlace;
  readonly theirs: PersonPlace;
}

/** A child or an adult of a referral: its place among them there, from 0. */
export type PersonPlace = Pick<FamilyKey, 'referralId' | 'kind' | 'position'>;

/** A key of more people than these is no family's: a hostel, or the number of a school. */
const A_CROWD = 40;

/** Who of other referrals has a key in common with a person of these, by the kinds of {@link FamilyKey}. */
export async function familyKeysInCommon(
  tx: Transaction,
  referralIds: readonly string[],
): Promise<readonly FamilyKeyInCommon[]> {
  return tx.rows<FamilyKeyInCommon>(sql`
    SELECT mine.sort,
      jsonb_build_object('referralId', mine.referral_id, 'kind', mine.kind, 'position', mine.position) AS mine, theirs.place AS theirs
    FROM family_key mine CROSS JOIN LATERAL (
      SELECT jsonb_build_object('referralId', t.referral_id, 'kind', t.kind, 'position', t.position) AS place,
        count(*) OVER () AS people
      FROM (SELECT * FROM family_key other
        WHERE other.key = mine.key AND other.sort = mine.sort AND other.referral_id <> ALL(${referralIds})
        LIMIT ${A_CROWD + 1}) t) theirs
    WHERE mine.referral_id = ANY(${referralIds}) AND theirs.people <= ${A_CROWD}
    ORDER BY mine.referral_id, mine.kind, mine.position, mine.sort`);
}
