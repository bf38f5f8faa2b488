import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { lockReferral, releaseReferral } from '#referrals';
import { Database, once, type Transaction } from '#store';
import { claimNoteRows, leaveNote } from './claim-note-rows.ts';

export interface GiveBackCommand {
  readonly reference: string;
  /** The text for the next person; may be empty. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Puts a referral back on the queue for any person to take. */
@Injectable()
export class GiveBack {
  constructor(private readonly database: Database) {}

  /**
   * @throws Refused `not-found`, `already-decided`, `form-sent-before`, or `held-by-someone-else` unless a manager gives
   * it back
   */
  async execute({ reference, note, formId, by }: GiveBackCommand): Promise<void> {
    const form = { id: formId, kind: 'give-back', answers: { reference, note } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await giveBack(tx, reference, note, by);
        return {};
      }),
    );
  }
}

/** Puts a referral back on the queue, in the transaction of the act. */
export async function giveBack(tx: Transaction, reference: string, note: string, by: StaffActor): Promise<void> {
  const { id, claimedBy, status } = await lockReferral(tx, reference);
  if (status !== 'awaiting_decision') throw new Refused('already-decided');
  // Given back by another person, or lapsed while the note was being written.
  if (claimedBy === null) return leaveNote(tx, id, 'given_back', note);
  if (claimedBy !== by.id && !may(by, 'claim:override')) throw new Refused('held-by-someone-else');
  await releaseReferral(tx, id);
  const { rows, details } = claimNoteRows(tx, id, 'given_back', note);
  await tx.insert(...rows, auditEntry(tx, 'referral.given-back', id, { from: claimedBy, ...details }));
}
