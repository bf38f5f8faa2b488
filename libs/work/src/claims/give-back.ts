import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import type { Database } from '#store';
import { claimNoteRows, leaveNote } from './claim-note-rows.ts';
import { putBack } from './put-back.ts';

/** Puts a referral back on the queue for anybody to take. */
export class GiveBack {
  constructor(private readonly database: Database) {}

  /**
   * @param command.note what the next person should know; may be empty
   * @throws Refused `not-found`, `already-decided`, or `held-by-someone-else` unless a manager gives it back
   */
  async execute(command: {
    readonly reference: string;
    readonly note?: string;
    readonly by: StaffActor;
  }): Promise<void> {
    const { reference, note = '', by } = command;
    await this.database.transaction(async (tx) => {
      const { id, claimedBy, status } = await lockReferral(tx, reference);
      if (status !== 'awaiting_decision') throw new Refused('already-decided');
      // Given back by somebody else, or lapsed while the note was being written.
      if (claimedBy === null) return leaveNote(tx, id, 'given_back', note, by);
      if (claimedBy !== by.id && !may(by, 'claim:override')) throw new Refused('held-by-someone-else');
      await putBack(tx, id);
      const { rows, details } = claimNoteRows(tx, id, 'given_back', note, by);
      await tx.insert(...rows, auditEntry(tx, by, 'referral.given-back', id, { from: claimedBy, ...details }));
    });
  }
}
