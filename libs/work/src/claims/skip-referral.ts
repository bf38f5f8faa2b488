import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import type { Database, Transaction } from '#store';
import { claimNoteRows } from './claim-note-rows.ts';
import { putBack } from './put-back.ts';

/** Passes over a referral that somebody was given, for a reason that managers see. For a shift they are not given it again. */
export class SkipReferral {
  constructor(private readonly database: Database) {}

  /** Sent twice it is skipped once. @throws Refused `not-found`, `already-decided`, or `not-held-by-you` */
  async execute({ reference, reason, by }: { reference: string; reason: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id, claimedBy, status } = await lockReferral(tx, reference);
      if (status !== 'awaiting_decision') throw new Refused('already-decided');
      if (claimedBy !== by.id && (await hasJustSkipped(tx, id, reason, by))) return;
      if (claimedBy !== by.id) throw new Refused('not-held-by-you');
      await putBack(tx, id);
      const { rows, details } = claimNoteRows(tx, id, 'skipped', reason, by);
      await tx.insert(...rows, auditEntry(tx, by, 'referral.skipped', id, details));
    });
  }
}

async function hasJustSkipped(tx: Transaction, id: string, reason: string, by: StaffActor): Promise<boolean> {
  const skipped = await tx.row(
    `SELECT 1 FROM claim_note WHERE referral_id = $1 AND written_by = $2 AND kind = 'skipped' AND note = $3
       AND written_at > $4::timestamptz - interval '1 minute'`,
    [id, by.id, reason, tx.now],
  );
  return skipped !== null;
}
