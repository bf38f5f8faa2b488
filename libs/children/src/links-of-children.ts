import { linkEarlierReferrals } from '#referrals';
import { sql, type Transaction } from '#store';
import { keyOf, knownChildren, type ChildPlace } from './child-place.ts';

/**
 * Brings the links between referrals of one child in line with what persons say now, for these referrals: links that only
 * stood on a judgement which has ended go, and those of joined children come. Every count of earlier referrals follows.
 */
export async function relinkReferrals(tx: Transaction, referralIds: readonly string[]): Promise<void> {
  const ids = [...new Set(referralIds)].sort();
  await tx.run(sql`DELETE FROM earlier_referral WHERE referral_id = ANY(${ids}) AND earlier_id = ANY(${ids})`);
  for (const id of ids) await linkEarlierReferrals(tx, id);
  const places = await tx.rows<ChildPlace>(sql`
    SELECT referral_id AS "referralId", position FROM referral_child WHERE referral_id = ANY(${ids}) ORDER BY 1, 2`);
  const known = await knownChildren(tx, places);
  for (const place of places) await linkJoined(tx, place.referralId, known.get(keyOf(place))!);
}

/** Within the twelve months of a re-referral, as the links by number and by name. */
async function linkJoined(tx: Transaction, referralId: string, places: readonly ChildPlace[]): Promise<void> {
  const others = places.map((place) => place.referralId);
  await tx.run(sql`
    INSERT INTO earlier_referral (referral_id, earlier_id, matched_on)
    SELECT later.id, earlier.id, 'confirmed' FROM referral later JOIN referral earlier
      ON earlier.received_at < later.received_at AND earlier.received_at >= later.received_at - interval '12 months'
    WHERE later.id = ${referralId} AND earlier.id = ANY(${others}) ON CONFLICT DO NOTHING`);
}
