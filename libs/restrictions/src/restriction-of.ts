import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { sql, type Transaction } from '#store';
import { namedManagers } from './named-managers.ts';

/** A restriction that a manager who may open the referral acts on. */
export interface ActedOn {
  readonly id: string;
  readonly referralId: string;
}

/**
 * Locks the restriction in force of a referral, through a referral that it covers and that the manager may open, for one who
 * looks after it.
 *
 * @throws Refused `not-found`, or `not-named` for one whom another manager did not name, unless there is no such manager
 */
export async function lockRestriction(
  tx: Transaction,
  reference: string,
  restrictionId: string,
  by: StaffActor,
): Promise<ActedOn> {
  const referral = await lockReferral(tx, reference);
  const found = await tx.row<{ id: string }>(sql`
    SELECT r.id FROM restriction r JOIN restricted_referral covered ON covered.restriction_id = r.id
    WHERE r.id = ${restrictionId} AND covered.referral_id = ${referral.id} AND r.ended_at IS NULL
    FOR NO KEY UPDATE OF r`);
  if (found === null) throw new Refused('not-found');
  if (!(await mayManage(tx, found.id, by))) throw new Refused('not-named');
  return { id: found.id, referralId: referral.id };
}

/**
 * Whether a manager who may open what a restriction covers may change it. One who broke the glass may not give themselves more
 * time, but must be able to name others where every manager whom it named has left or has no time any more.
 */
export async function mayManage(tx: Transaction, restrictionId: string, by: StaffActor): Promise<boolean> {
  const named = await namedManagers(tx, restrictionId);
  return named.length === 0 || named.some(({ id }) => id === by.id);
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
  // In a statement of its own, so that the next one sees what an act committed that this one waited for.
  await tx.rows(sql`
    SELECT 1 FROM referral WHERE reference = ${parseReferralReference(reference) ?? ''} FOR NO KEY UPDATE`);
  const found = await tx.row<BehindGlass>(sql`
    SELECT r.id, r.reference, r.rating, (
      SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'isBarred', x.is_barred) ORDER BY x.id), '[]') FROM (
        SELECT s.id, EXISTS (SELECT 1 FROM restriction_bar b WHERE b.restriction_id = s.id AND b.staff_id = ${by.id}
            AND b.ended_at IS NULL) AS is_barred,
          EXISTS (SELECT 1 FROM restriction_grant g WHERE g.restriction_id = s.id AND g.staff_id = ${by.id}
            AND g.ended_at IS NULL AND g.until > ${tx.now}) AS is_let_in
        FROM restriction s JOIN restricted_referral covered ON covered.restriction_id = s.id
        WHERE covered.referral_id = r.id AND s.ended_at IS NULL) x WHERE x.is_barred OR NOT x.is_let_in) AS closed
    FROM referral r WHERE r.reference = ${parseReferralReference(reference) ?? ''}`);
  if (found === null) throw new Refused('not-found');
  return found;
}
