import type { StaffActor } from '#access';
import { Refused } from '#platform';
import { auditEntry, type Database } from '#store';
import { claimNoteRows } from './claim-note-rows.ts';
import { lockReferral } from '../referral/open-referral.ts';
import { putBack } from './put-back.ts';

/** Passes over a referral that somebody was given, for a reason that managers see. For a shift they are not given it again. */
export class SkipReferral {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `already-decided`, or `not-held-by-you` */
  async execute({ reference, reason, by }: { reference: string; reason: string; by: StaffActor }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { id, claimedBy, status } = await lockReferral(tx, reference);
      if (status !== 'awaiting_decision') throw new Refused('already-decided');
      if (claimedBy !== by.id) throw new Refused('not-held-by-you');
      await putBack(tx, id);
      const { rows, details } = claimNoteRows(tx, id, 'skipped', reason, by);
      await tx.insert(...rows, auditEntry(tx, by, 'referral.skipped', id, details));
    });
  }
}
