import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { ownAgency, Staff, type StaffActor } from '#access';
import { JobNudge } from '#jobs';
import { lockOwn } from '#partners';
import { Refused } from '#platform';
import { answerOf, Database, once, sql } from '#store';
import { beginFile, mustHaveRoom, type FileToCome } from './begin-file.ts';
import { CompleteAttachment, type Measured } from './complete-attachment.ts';
import { FileKeys } from './file-keys.ts';
import { InParts } from './in-parts.ts';
import { ownAttachment, type OwnAttachment } from './own-attachment.ts';
import { removeFiles } from './remove-files.ts';
import { StorePart } from './store-part.ts';

export interface ReceiveAttachmentCommand {
  readonly reference: string;
  /** The form that it is sent by, a UUID. */
  readonly formId: string;
  readonly file: Omit<FileToCome, 'size' | 'sha256'>;
  /** As the browser sends them, read no faster than they are kept. */
  readonly bytes: AsyncIterable<Buffer>;
  readonly by: StaffActor;
}

interface Begun extends ReceiveAttachmentCommand {
  readonly id: string;
  readonly referralId: string;
}

/**
 * A person of an agency adds a file by a form, in one go: it is begun, kept in parts and completed as one that a program of
 * the agency sends, by the same rules.
 *
 * Each sending of the form has a file of its own until its last byte has come, so that two that come beside one another mix
 * nothing. The first that is whole is the form's; the others are removed.
 */
@Injectable()
export class ReceiveAttachment {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly storePart: StorePart,
    private readonly completes: CompleteAttachment,
    private readonly staff: Staff,
    private readonly jobs: JobNudge,
  ) {}

  /**
   * @returns the file, which a form has added once
   * @throws Refused `not-found`, also for a referral of another agency, `attachments-not-taken`, `too-many-attachments`,
   * `attachment-not-taken`, or `form-sent-before` when the form was sent with another file
   * @throws UnfitFile, ObjectsAway, and what the bytes throw; nothing is kept then
   */
  async execute(command: ReceiveAttachmentCommand): Promise<OwnAttachment> {
    const content = new InParts(command.bytes);
    const parts = content.parts();
    // An empty file is told before anything is begun.
    const first = await parts.next();
    const begun = await this.begin(command);
    try {
      let number = 0;
      for (let part = first; part.done !== true; part = await parts.next())
        await this.keepPart(begun, (number += 1), part.value);
      const { file, isRepeat } = await this.complete(begun, content.measured());
      if (isRepeat) await this.remove(begun);
      this.jobs.nudge();
      if (file.state === 'refused') throw new Refused('attachment-not-taken');
      return file;
    } catch (error) {
      // Where this cannot be done now, the worker does it within a day.
      await this.remove(begun).catch(() => undefined);
      throw error;
    } finally {
      // What is left of its bytes is no more our business.
      await parts.return();
    }
  }

  private async begin(command: ReceiveAttachmentCommand): Promise<Begun> {
    const { reference, formId, file, by } = command;
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const referral = await lockOwn(tx, reference, agencyId);
      this.keys.mustBeSet();
      // No agency can send these as idempotency keys: they have spaces.
      const ofForm = `form ${formId} `;
      // A form that has added its file is sent again: this is the same file, or refused as another one.
      if ((await answerOf(tx, formId)) === null) await mustHaveRoom(tx, referral.id, ofForm);
      const said = { ...file, reference: referral.reference, formId };
      const fingerprint = createHash('sha256').update(canonicalize(said)!).digest();
      const id = await beginFile(tx, this.keys, {
        ...{ referralId: referral.id, agencyId, key: `${ofForm}${randomUUID()}`, fingerprint },
        file: { ...file, size: null, sha256: null },
      });
      return { ...command, reference: referral.reference, id, referralId: referral.id };
    });
  }

  private async keepPart({ reference, id, by }: Begun, number: number, bytes: Buffer): Promise<void> {
    await this.storePart.execute({ reference, attachment: id, number, bytes, by });
  }

  /** @returns the file of the form, and whether it is that of an earlier sending */
  private async complete({ reference, id, formId, file, by }: Begun, measured: Measured) {
    // A file may take minutes to come. Whose access has ended meanwhile adds none, as a program that has lost its key.
    if ((await this.staff.byId(by.id)) === null) throw new Refused('not-found');
    const { name, words } = file;
    const answers = { reference, name, words, size: measured.size, sha256: measured.sha256.toString('hex') };
    const own = { reference, attachment: id };
    const examined = await this.completes.examine(own, by, measured);
    return this.database.as(by).transaction(async (tx) => {
      const { answer, isRepeat } = await once(tx, { id: formId, kind: 'own-file', answers }, async () => {
        const completed = await this.completes.within(tx, own, by, examined, measured);
        // No other request sends its parts.
        if (completed === null) throw new Refused('attachment-altered');
        return { attachmentId: id };
      });
      const file = (await ownAttachment(tx, answer.attachmentId)) as OwnAttachment | null;
      // What was refused is gone after a day, and its form is still the form of it.
      if (file === null) throw new Refused('attachment-not-taken');
      return { file, isRepeat };
    });
  }

  /** A file that nothing comes of is gone at once, and does not count. What is a part of the referral stays. */
  private async remove({ id, by }: Begun): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      const left = await tx.row<{ id: string; referralId: string }>(sql`
        SELECT id, referral_id AS "referralId" FROM attachment WHERE id = ${id} AND state = 'uploading' FOR UPDATE`);
      if (left !== null) await removeFiles(tx, [left]);
    });
  }
}
