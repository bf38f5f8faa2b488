import { createHash, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { MOST_FILES } from '#domain';
import { lockOwn } from '#partners';
import { Refused } from '#platform';
import { Attachment, Database, rowsOf, sql, sqlState, type Transaction } from '#store';
import { FileKeys } from './file-keys.ts';
import { ownAttachment, type OwnAttachment } from './own-attachment.ts';
import type { AnnouncedFile } from './read-attachment-body.ts';

export interface BeginAttachmentCommand {
  readonly reference: string;
  readonly file: AnnouncedFile;
  readonly idempotencyKey: string;
  readonly by: AgencyActor;
}

const UNIQUE_VIOLATION = '23505';

/** An agency says that it will send a file for a referral of its own. Its bytes come in parts. */
@Injectable()
export class BeginAttachment {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
  ) {}

  /**
   * @returns the file, and whether it was begun under the same key before
   * @throws Refused `not-found`, also for a referral of another agency, `attachments-not-taken`, `too-many-attachments` or
   * `idempotency-key-reused`
   */
  async execute(
    command: BeginAttachmentCommand,
  ): Promise<{ readonly file: OwnAttachment; readonly replayed: boolean }> {
    const begin = () => this.database.as(command.by).transaction((tx) => this.begin(tx, command));
    return begin().catch((error: unknown) => {
      // The same key came for two referrals at once: look again.
      if (sqlState(error) === UNIQUE_VIOLATION) return begin();
      throw error;
    });
  }

  private async begin(tx: Transaction, { reference, file, idempotencyKey: key, by }: BeginAttachmentCommand) {
    const referral = await lockOwn(tx, reference, by.id);
    this.keys.mustBeSet();
    const said = { ...file, sha256: file.sha256.toString('hex'), reference: referral.reference };
    const fingerprint = createHash('sha256').update(canonicalize(said)!).digest();
    const before = await tx.row<{ id: string; fingerprint: Buffer }>(sql`
      SELECT id, fingerprint FROM attachment WHERE agency_id = ${by.id} AND key = ${key}`);
    if (before !== null) {
      if (!before.fingerprint.equals(fingerprint)) throw new Refused('idempotency-key-reused');
      return { file: await ownAttachment(tx, before.id), replayed: true };
    }
    const { files } = (await tx.row<{ files: number }>(sql`
      SELECT count(*)::int AS files FROM attachment WHERE referral_id = ${referral.id} AND state <> 'refused'`))!;
    if (files >= MOST_FILES) throw new Refused('too-many-attachments');
    const id = randomUUIDv7();
    await tx.insert(
      rowsOf(Attachment, {
        ...{ id, referralId: referral.id, agencyId: by.id, ...file, ...this.keys.make(id), key, fingerprint },
        ...{ state: 'uploading', kind: null, additionId: null, addedAt: null, checkedAt: null, virus: null },
        begunAt: tx.now,
      }),
      auditEntry(tx, 'attachment.begun', referral.id, { attachmentId: id }),
    );
    return { file: await ownAttachment(tx, id), replayed: false };
  }
}
