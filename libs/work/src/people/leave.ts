import { auditEntry } from '#audit';
import type { PolicyInForce } from '#deadlines';
import { endDeliveriesTo } from '#messages';
import { Refused } from '#platform';
import { releaseReferral } from '#referrals';
import { setRestrictionClocksOf } from '#restrictions';
import { endTurns } from '#rota';
import { sql, StaffMember, type Transaction } from '#store';

/** What a person left behind. */
export interface Left {
  /** Referrals that are back on the queue. */
  readonly released: number;
  /** Turns and covers on the rota that no person has now. */
  readonly turns: number;
}

/**
 * A person who works here does not any more. The group of last resort is locked, and so is the person.
 *
 * @param how whether the identity provider's word took them out, so that it can bring them back
 * @throws Refused `last-resort-would-be-empty`
 */
export async function leave(
  tx: Transaction,
  personId: string,
  how: { readonly byProvider: boolean },
  inForce: PolicyInForce,
): Promise<Left> {
  await tx.change(StaffMember, personId, { isActive: false, leftByProvider: how.byProvider });
  await mustHaveLastResort(tx);
  const released = await releaseAll(tx, personId);
  await endDeliveriesTo(tx, personId);
  await setRestrictionClocksOf(tx, personId, inForce);
  // What a person of an agency typed of a child is that agency's, and they may come back for another one.
  await tx.overAll((all) => all.run(sql`DELETE FROM draft WHERE owner_id = ${personId} AND kind = 'own-referral'`));
  const left = { released, turns: await endTurns(tx, personId) };
  await tx.insert(auditEntry(tx, 'staff.left', null, { staffId: personId, ...left, byProvider: how.byProvider }));
  return left;
}

/** @throws Refused `last-resort-would-be-empty` */
export async function mustHaveLastResort(tx: Transaction): Promise<void> {
  const last = await tx.row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (last === null) throw new Refused('last-resort-would-be-empty');
}

/** Puts what a person holds back on the queue. @returns how many referrals */
export async function releaseAll(tx: Transaction, personId: string): Promise<number> {
  const held = await tx.rows<{ id: string }>(sql`
    SELECT id FROM referral WHERE claimed_by = ${personId} AND status = 'awaiting_decision' ORDER BY id FOR NO KEY UPDATE`);
  for (const { id } of held) {
    await releaseReferral(tx, id);
    await tx.insert(auditEntry(tx, 'referral.given-back', id, { from: personId }));
  }
  return held.length;
}
