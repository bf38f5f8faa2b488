import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { ownAgency, type AccessActor } from '#access';
import { lockOwn } from '#partners';
import { Refused } from '#platform';
import { Database, sql, sqlState, type Transaction } from '#store';
import { beginFile, mustHaveRoom } from './begin-file.ts';
import { FileKeys } from './file-keys.ts';
import { ownAttachment, type OwnAttachment } from './own-attachment.ts';
import type { AnnouncedFile } from './read-attachment-body.ts';

export interface BeginAttachmentCommand {
  readonly reference: string;
  readonly file: AnnouncedFile;
  readonly idempotencyKey: string;
  readonly by: AccessActor;
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
    const agencyId = ownAgency(by);
    const referral = await lockOwn(tx, reference, agencyId);
    this.keys.mustBeSet();
    const said = { ...file, sha256: file.sha256.toString('hex'), reference: referral.reference };
    const fingerprint = createHash('sha256').update(canonicalize(said)!).digest();
    const before = await tx.row<{ id: string; fingerprint: Buffer }>(sql`
      SELECT id, fingerprint FROM attachment WHERE agency_id = ${agencyId} AND key = ${key}`);
    if (before !== null) {
      if (!before.fingerprint.equals(fingerprint)) throw new Refused('idempotency-key-reused');
      return { file: await ownAttachment(tx, before.id), replayed: true };
    }
    await mustHaveRoom(tx, referral.id);
    const id = await beginFile(tx, this.keys, { referralId: referral.id, agencyId, file, key, fingerprint });
    return { file: await ownAttachment(tx, id), replayed: false };
  }
}
