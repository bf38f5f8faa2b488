import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { claimLapsesAt } from '#domain';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import type { Database, Transaction } from '#store';
import { claimNoteRows, leaveNote } from './claim-note-rows.ts';
import { claim } from './claim-referral.ts';

export interface AssignReferralsCommand {
  readonly references: readonly string[];
  /** Who is to hold them. */
  readonly to: string;
  /** What they should know; may be empty. */
  readonly note: string;
  readonly by: StaffActor;
}

/** Gives referrals to somebody: a manager any that wait for a decision, anybody those that they hold themselves. */
export class AssignReferrals {
  constructor(private readonly database: Database) {}

  /**
   * All of them, or none.
   *
   * @throws Refused `not-found`, `already-decided`, `held-by-someone-else`, or `cannot-hold-referrals` when the person
   * does not work here any more
   */
  async execute({ references, to, note, by }: AssignReferralsCommand): Promise<void> {
    await this.database.transaction(async (tx) => {
      const person = await tx.row<{ id: string }>('SELECT id FROM staff_member WHERE id::text = $1 AND is_active', [
        to,
      ]);
      if (person === null) throw new Refused('cannot-hold-referrals');
      // In one order, so that two managers who assign the same ones do not wait for each other.
      for (const reference of [...new Set(references)].sort()) await assign(tx, reference, person.id, note, by);
    });
  }
}

async function assign(tx: Transaction, reference: string, to: string, note: string, by: StaffActor): Promise<void> {
  const referral = await lockReferral(tx, reference);
  if (referral.status !== 'awaiting_decision') throw new Refused('already-decided');
  if (referral.claimedBy === to && (await hasJustBeenAssigned(tx, referral.id, to, note, by))) return;
  if (referral.claimedBy !== by.id && !may(by, 'claim:assign')) throw new Refused('held-by-someone-else');
  // Who has it already does not hold it since now, but keeps it.
  if (referral.claimedBy === to) {
    await tx.update('UPDATE referral SET claim_lapses_at = $2 WHERE id = $1', [referral.id, claimLapsesAt(tx.now)]);
    return leaveNote(tx, referral.id, 'assigned', note, by);
  }
  const { rows, details } = claimNoteRows(tx, referral.id, 'assigned', note, by);
  await tx.insert(
    ...rows,
    auditEntry(tx, by, 'referral.assigned', referral.id, { from: referral.claimedBy, to, ...details }),
  );
  if (referral.claimedBy === null) return claim(tx, referral, to);
  await tx.update(
    `UPDATE referral SET claimed_by = $2, claimed_at = $3, claim_lapses_at = $4, version = version + 1,
       last_changed_at = $3
     WHERE id = $1`,
    [referral.id, to, tx.now, claimLapsesAt(tx.now)],
  );
}

/** Pressed twice: by the same person, to the same, with the same words. */
async function hasJustBeenAssigned(
  tx: Transaction,
  id: string,
  to: string,
  note: string,
  by: StaffActor,
): Promise<boolean> {
  const last = await tx.row<{ isSame: boolean }>(
    `SELECT a.actor_id = $2 AND a.details->>'to' = $3 AND coalesce(n.note, '') = $4
       AND a.at > $5::timestamptz - interval '1 minute' AS "isSame"
     FROM audit_entry a LEFT JOIN claim_note n ON n.id = (a.details->>'noteId')::uuid
     WHERE a.referral_id = $1 AND a.act = 'referral.assigned' ORDER BY a.at DESC, a.id DESC LIMIT 1`,
    [id, by.id, to, note, tx.now],
  );
  return last?.isSame === true;
}
