import { Inject, Injectable } from '@nestjs/common';
import { UNFINISHED_KEPT } from '#domain';
import { JobNudge } from '#jobs';
import { LOG, type Logger } from '#platform';
import { Attachment, Database, SERVICE, sql, type Transaction } from '#store';
import { checkAfterAll } from './attachment-state.ts';
import type { Clamd } from './clamd.ts';
import { FileKeys } from './file-keys.ts';
import { removeFiles } from './remove-files.ts';
import { RemoveOrphans } from './remove-orphans.ts';
import { SCANNER } from './scan-attachment.ts';

/** So many at a time, so that no transaction takes long. */
const AT_ONCE = 100;

/** What comes round by itself for files: what was not sent to its end is removed, and keys are kept up to date. */
@Injectable()
export class LookAfterAttachments {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly jobs: JobNudge,
    private readonly orphans: RemoveOrphans,
    @Inject(SCANNER) private readonly scanner: Clamd | null,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async execute(): Promise<void> {
    await this.untilNone((tx) => removeUnfinished(tx));
    await this.untilNone((tx) => this.renewKeys(tx));
    await this.inTransaction((tx) => this.tellOfLostKeys(tx));
    await this.orphans.execute();
    if (this.scanner !== null && (await this.inTransaction(checkAfterAll)) > 0) this.jobs.nudge();
  }

  /** Encrypts the keys of files with the key of the settings that is in use by now. @returns how many */
  private async renewKeys(tx: Transaction): Promise<number> {
    const old = await tx.rows<Pick<Attachment, 'id' | 'dataKey' | 'keyName'>>(sql`
      SELECT id, data_key AS "dataKey", key_name AS "keyName" FROM attachment
      WHERE key_name = ANY(${this.keys.namesBefore}) FOR NO KEY UPDATE SKIP LOCKED LIMIT ${AT_ONCE}`);
    for (const file of old) await tx.change(Attachment, file.id, this.keys.renew(file.id, file));
    return old.length;
  }

  /** A key was taken out of the settings while files still need it: it is told until it is put back. */
  private async tellOfLostKeys(tx: Transaction): Promise<void> {
    const lost = await tx.rows<{ name: string; files: number }>(sql`
      SELECT key_name AS name, count(*)::int AS files FROM attachment
      WHERE NOT key_name = ANY(${this.keys.names}) GROUP BY key_name ORDER BY key_name`);
    if (lost.length > 0)
      this.log.error({ lost }, 'ATTACHMENT_KEYS does not have the keys of some files: they cannot be opened');
  }

  private async untilNone(work: (tx: Transaction) => Promise<number>): Promise<void> {
    while ((await this.inTransaction(work)) === AT_ONCE);
  }

  private inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.as(SERVICE).transaction(work);
  }
}

/** Removes files that were not completed within a day, and what is known of files that were refused. @returns how many */
async function removeUnfinished(tx: Transaction): Promise<number> {
  const old = await tx.rows<{ id: string; referralId: string }>(sql`
    SELECT id, referral_id AS "referralId" FROM attachment
    WHERE state IN ('uploading', 'refused') AND begun_at <= ${tx.now.subtract(UNFINISHED_KEPT)}
    ORDER BY begun_at FOR UPDATE SKIP LOCKED LIMIT ${AT_ONCE}`);
  if (old.length > 0) await removeFiles(tx, old);
  return old.length;
}
