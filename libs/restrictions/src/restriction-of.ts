import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { sql, type Transaction } from '#store';

/** A restriction that a manager who may open the referral acts on. */
export interface ActedOn {
  readonly id: string;
  readonly referralId: string;
}

/**
 * Locks the restriction in force of a referral, through a referral that it covers and that the person may open.
 *
 * @throws Refused `not-found`
 */
export async function lockRestriction(tx: Transaction, reference: string, restrictionId: string): Promise<ActedOn> {
  const referral = await lockReferral(tx, reference);
  const found = await tx.row<{ id: string }>(sql`
    SELECT r.id FROM restriction r JOIN restricted_referral covered ON covered.restriction_id = r.id
    WHERE r.id = ${restrictionId} AND covered.referral_id = ${referral.id} AND r.ended_at IS NULL
    FOR NO KEY UPDATE OF r`);
  if (found === null) throw new Refused('not-found');
  return { id: found.id, referralId: referral.id };
}

/** A restriction in force that keeps a person from a referral. */
export interface Closed {
  readonly id: string;
  readonly isBarred: boolean;
}

/** A referral as a person who breaks the glass finds it. */
export interface BehindGlass {
  readonly id: string;
  readonly reference: string;
  readonly rating: 'red' | 'amber' | 'green';
  /** What keeps the person from it; none where they may open it. */
  readonly closed: readonly Closed[];
}

/** @throws Refused `not-found` */
export async function behindGlass(tx: Transaction, reference: string, by: StaffActor): Promise<BehindGlass> {
  const found = await tx.row<BehindGlass>(sql`
    SELECT r.id, r.reference, r.rating, (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'isBarred', x.is_barred) ORDER BY x.id), '[]') FROM (
        SELECT s.id, EXISTS (SELECT 1 FROM restriction_bar b WHERE b.restriction_id = s.id AND b.staff_id = ${by.id}
            AND b.ended_at IS NULL) AS is_barred,
          EXISTS (SELECT 1 FROM restriction_grant g WHERE g.restriction_id = s.id AND g.staff_id = ${by.id}
            AND g.ended_at IS NULL AND g.until > ${tx.now}) AS is_let_in
        FROM restriction s JOIN restricted_referral covered ON covered.restriction_id = s.id
        WHERE covered.referral_id = r.id AND s.ended_at IS NULL) x WHERE x.is_barred OR NOT x.is_let_in) AS closed
    FROM referral r WHERE r.reference = ${parseReferralReference(reference) ?? ''} FOR NO KEY UPDATE OF r`);
  if (found === null) throw new Refused('not-found');
  return found;
}
