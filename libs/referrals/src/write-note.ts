import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isOfCall, type NoteKind } from '#domain';
import { Database, once, ReferralNote, rowsOf } from '#store';
import { lockReferral } from './lock-referral.ts';
import { noteChange } from './referral-state.ts';

export interface WriteNoteCommand {
  readonly reference: string;
  readonly kind: NoteKind;
  /** Who was spoken to, or was to be. Left out of a note that is of no call. */
  readonly withWhom: string;
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Notes on a referral what a person learned or tried, such as a call to the family. Who has the referral keeps it. */
@Injectable()
export class WriteNote {
  constructor(private readonly database: Database) {}

  /**
   * A colleague who is deciding at that moment is told of the note before the decision is recorded.
   *
   * @throws Refused `not-found` or `form-sent-before`
   */
  async execute({ reference, kind, withWhom, note, formId, by }: WriteNoteCommand): Promise<void> {
    const form = { id: formId, kind: 'write-note', answers: { reference, kind, withWhom, note } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id: referralId } = await lockReferral(tx, reference);
        const id = randomUUIDv7();
        const about = { referralId, kind, note, withWhom: isOfCall(kind) ? withWhom : null };
        await noteChange(tx, referralId);
        await tx.insert(
          rowsOf(ReferralNote, { id, ...about, writtenBy: by.id, writtenAt: tx.now }),
          auditEntry(tx, 'referral.note-written', referralId, { noteId: id, kind }),
        );
        return {};
      }),
    );
  }
}
