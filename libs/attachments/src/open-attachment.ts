import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { canBeOpened, type AttachmentState, type FileKindCode } from '#domain';
import { Refused } from '#platform';
import { mustBeOpenTo } from '#referrals';
import { Database, sql } from '#store';
import { FileBytes } from './file-bytes.ts';
import { FileKeys, type KeptKey } from './file-keys.ts';
import { written, type WhichAttachment } from './own-attachment.ts';

export interface OpenAttachmentCommand extends WhichAttachment {
  readonly by: StaffActor;
}

/** A file as a person saves it. */
export interface OpenedAttachment {
  readonly reference: string;
  /** Which file of the referral it is, from 1. */
  readonly number: number;
  readonly kind: FileKindCode;
  /** Bytes. */
  readonly size: number;
  /** Breaks off where a part cannot be decrypted, or where the person may no longer read the referral. */
  readonly bytes: AsyncGenerator<Buffer, void>;
}

interface Found extends KeptKey {
  readonly id: string;
  readonly referralId: string;
  readonly number: number;
  readonly kind: FileKindCode;
  readonly size: number;
  readonly state: AttachmentState;
}

/** A person of the hub opens a file, and the record says so before the first byte leaves. */
@Injectable()
export class OpenAttachment {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly content: FileBytes,
  ) {}

  /**
   * @throws Refused `not-found`, `no-reason-for-audit`, `attachment-closed` or `attachment-unreadable`
   * @throws ObjectsAway, and Error when its first part cannot be read
   */
  async execute({ by, ...which }: OpenAttachmentCommand): Promise<OpenedAttachment> {
    const asked = written(which);
    if (asked === null) throw new Refused('not-found');
    const { reference, attachment } = asked;
    const file = await this.database.as(by).transaction(async (tx) => {
      const found = await tx.row<Found>(sql`
        SELECT a.id, a.referral_id AS "referralId", a.kind, a.size, a.state, a.data_key AS "dataKey", a.key_name AS "keyName",
          (SELECT count(*) FROM attachment b WHERE b.referral_id = a.referral_id AND b.addition_id IS NOT NULL
            AND (b.added_at, b.id) <= (a.added_at, a.id))::int AS number
        FROM attachment a JOIN referral r ON r.id = a.referral_id
        WHERE a.id = ${attachment} AND r.reference = ${reference} AND a.addition_id IS NOT NULL`);
      if (found === null) throw new Refused('not-found');
      await mustBeOpenTo(tx, found.referralId, by);
      if (!canBeOpened(found.state)) throw new Refused('attachment-closed');
      if (!this.keys.canOpen(found)) throw new Refused('attachment-unreadable');
      const details = { attachmentId: found.id, state: found.state };
      await tx.insert(auditEntry(tx, 'attachment.opened', found.referralId, details));
      return found;
    });
    // A transaction for each part: a person on a slow line holds no connection.
    const cipher = this.keys.ofFile(file.id, file);
    const all = this.content.of(file, cipher, (work) => this.database.as(by).transaction(work));
    return { reference, number: file.number, kind: file.kind, size: file.size, bytes: await begun(all) };
  }
}

/** Reads the first part at once: a store that is away is told by a page, and not by a file that breaks off. */
async function begun(bytes: AsyncGenerator<Buffer, void>): Promise<AsyncGenerator<Buffer, void>> {
  const first = await bytes.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* bytes;
  })();
}
