import { Inject, Injectable } from '@nestjs/common';
import type { JobPayloads } from '#jobs';
import { sql, type Attachment, type Transaction } from '#store';
import { keepUnchecked, keepVerdict } from './attachment-state.ts';
import type { Clamd } from './clamd.ts';
import { FileBytes } from './file-bytes.ts';
import { FileKeys } from './file-keys.ts';

/** Nest's token of the scanner of a worker; null where none is set up. */
export const SCANNER = Symbol('the scanner for viruses');

type ToCheck = Pick<Attachment, 'id' | 'referralId' | 'dataKey' | 'keyName'> & { readonly size: number };

/** clamd may read for two minutes, and the job's transaction waits for it. */
const PATIENCE = sql`SELECT set_config('idle_in_transaction_session_timeout', '150s', true) AS limit`;

/** Has the scanner read a file. No person can open it before. Where the scanner gives no answer the job is tried again. */
@Injectable()
export class ScanAttachment {
  constructor(
    @Inject(SCANNER) private readonly scanner: Clamd | null,
    private readonly keys: FileKeys,
    private readonly content: FileBytes,
  ) {}

  /** @throws ScannerAway, ScannerRefuses, ObjectsAway, or Error when it cannot be decrypted */
  async handle({ attachmentId }: JobPayloads['scan-attachment'], tx: Transaction): Promise<void> {
    const file = await tx.row<ToCheck>(sql`
      SELECT id, referral_id AS "referralId", size, data_key AS "dataKey", key_name AS "keyName"
      FROM attachment WHERE id = ${attachmentId} AND state = 'waiting' FOR NO KEY UPDATE`);
    if (file === null) return;
    if (this.scanner === null) return keepUnchecked(tx, file);
    await tx.rows<{ limit: string }>(PATIENCE);
    const bytes = this.content.of(file, this.keys.ofFile(file.id, file), (work) => work(tx));
    await keepVerdict(tx, file, await this.scanner.scan(bytes));
  }
}
