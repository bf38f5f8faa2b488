import { earlierOf } from '#referrals';
import { sql, type Transaction } from '#store';
import { keyOf, knownChildren, type ChildPlace } from '../child-place.ts';
import { shareFamily } from '../family/find-family.ts';

/**
 * Whether two referrals share a child, by what was submitted, by a link, by what persons said or by a likeness, or a
 * household. It is the same from either of them.
 */
export async function haveInCommon(tx: Transaction, one: string, other: string): Promise<boolean> {
  const linked = await tx.row(sql`
    SELECT 1 WHERE EXISTS (SELECT 1 FROM earlier_referral WHERE referral_id = ${one} AND earlier_id = ${other})
      OR EXISTS (SELECT 1 FROM earlier_referral WHERE referral_id = ${other} AND earlier_id = ${one})
      OR EXISTS (SELECT 1 FROM child_candidate WHERE (referral_id, other_id) IN ((${one}, ${other}), (${other}, ${one})))
      OR EXISTS (SELECT 1 FROM (${earlierOf(one)}) e WHERE e.earlier_id = ${other})
      OR EXISTS (SELECT 1 FROM (${earlierOf(other)}) e WHERE e.earlier_id = ${one})`);
  if (linked !== null) return true;
  const places = await tx.rows<ChildPlace>(
    sql`SELECT referral_id AS "referralId", position FROM referral_child WHERE referral_id = ${one}`,
  );
  const known = await knownChildren(tx, places);
  if (places.some((place) => known.get(keyOf(place))!.some(({ referralId }) => referralId === other))) return true;
  return shareFamily(tx, one, other);
}
