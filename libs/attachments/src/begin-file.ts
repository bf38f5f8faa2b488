import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import { MOST_FILES } from '#domain';
import { Refused } from '#platform';
import { Attachment, rowsOf, sql, type Transaction } from '#store';
import type { FileKeys } from './file-keys.ts';
import type { AnnouncedFile } from './read-attachment-body.ts';

/** A file that is to be sent. A browser says neither its size nor its SHA-256 before. */
export type FileToCome = Omit<AnnouncedFile, 'size' | 'sha256'> & {
  readonly size: number | null;
  readonly sha256: Buffer | null;
};

export interface FileToBegin {
  readonly referralId: string;
  readonly agencyId: string;
  readonly file: FileToCome;
  /** What is sent under it is one file. */
  readonly key: string;
  /** SHA-256 of what is said of it. */
  readonly fingerprint: Buffer;
}

/**
 * The row of a file whose bytes are to come. The caller has locked the referral.
 *
 * @returns its id
 * @throws Refused `attachments-not-taken`
 */
export async function beginFile(tx: Transaction, keys: FileKeys, { file, ...begun }: FileToBegin): Promise<string> {
  const id = randomUUIDv7();
  await tx.insert(
    rowsOf(Attachment, {
      ...{ id, ...begun, ...file, ...keys.make(id) },
      ...{ state: 'uploading', kind: null, additionId: null, addedAt: null, checkedAt: null, virus: null },
      begunAt: tx.now,
    }),
    auditEntry(tx, 'attachment.begun', begun.referralId, { attachmentId: id }),
  );
  return id;
}

/**
 * @param besides how the keys begin of files that do not count, since of them one at the most stays
 * @throws Refused `too-many-attachments` when the referral has as many files as it can have
 */
export async function mustHaveRoom(tx: Transaction, referralId: string, besides: string | null = null): Promise<void> {
  const { files } = (await tx.row<{ files: number }>(sql`
    SELECT count(*)::int AS files FROM attachment WHERE referral_id = ${referralId} AND state <> 'refused'
      AND starts_with(key, ${besides}::text) IS NOT TRUE`))!;
  if (files >= MOST_FILES) throw new Refused('too-many-attachments');
}
