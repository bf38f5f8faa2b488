import { auditEntry } from '#audit';
import type { AttachmentState, FileKindCode, Rating } from '#domain';
import { jobRows } from '#jobs';
import { Attachment, sql, type Transaction } from '#store';

/*
 * uploading → waiting → clean | infected | not_scanned
 *     ↓          ↑_________________________↓ (when there is a scanner)
 *  refused, by its content
 */

interface Changed {
  readonly id: string;
  readonly referralId: string;
}

/** It is whole, and of a kind that the hub takes: it waits to be checked. The caller locked it while it was `uploading`. */
export async function awaitCheck(
  tx: Transaction,
  id: string,
  { additionId, kind, rating }: { readonly additionId: string; readonly kind: FileKindCode; readonly rating: Rating },
): Promise<void> {
  await tx.change(Attachment, id, { state: 'waiting', kind, additionId, addedAt: tx.now });
  await tx.insert(jobRows(tx, 'scan-attachment', [{ attachmentId: id }], rating));
}

/** Its content is of no kind that the hub takes. The caller locked it while it was `uploading`. */
export async function refuseContent(tx: Transaction, { id, referralId }: Changed): Promise<void> {
  await tx.change(Attachment, id, { state: 'refused' });
  await tx.insert(auditEntry(tx, 'attachment.refused', referralId, { attachmentId: id }));
}

/** What the scanner said. @param virus what it found; null for none */
export async function keepVerdict(tx: Transaction, file: Changed, virus: string | null): Promise<void> {
  await checked(tx, file, virus === null ? 'clean' : 'infected', virus);
}

/** There is no scanner: it is shown, and each page says so. */
export async function keepUnchecked(tx: Transaction, file: Changed): Promise<void> {
  await checked(tx, file, 'not_scanned', null);
}

async function checked(tx: Transaction, { id, referralId }: Changed, state: AttachmentState, virus: string | null) {
  await tx.change(Attachment, id, { state, virus, checkedAt: tx.now });
  await tx.insert(auditEntry(tx, 'attachment.checked', referralId, { attachmentId: id, state }));
}

/** There is a scanner by now: what was shown without one waits to be checked. @returns how many */
export async function checkAfterAll(tx: Transaction): Promise<number> {
  const waiting = await tx.rows<{ attachmentId: string }>(sql`
    UPDATE attachment SET state = 'waiting', checked_at = NULL
    WHERE state = 'not_scanned' RETURNING id AS "attachmentId"`);
  if (waiting.length === 0) return 0;
  // A file of long ago is not before one that has just come.
  await tx.insert(
    jobRows(
      tx,
      'scan-attachment',
      waiting.map(({ attachmentId }) => ({ attachmentId })),
      'green',
    ),
  );
  return waiting.length;
}
