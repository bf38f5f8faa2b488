import { auditEntry } from '#audit';
import { sql, type Transaction } from '#store';
import { removeParts } from './file-bytes.ts';

/** Removes files that are no part of their referrals: not sent to their end, or refused. The caller has locked them. */
export async function removeFiles(
  tx: Transaction,
  files: readonly { readonly id: string; readonly referralId: string }[],
): Promise<void> {
  const ids = files.map(({ id }) => id);
  await removeParts(tx, ids);
  await tx.run(sql`DELETE FROM attachment WHERE id = ANY(${ids})`);
  await tx.insert(
    ...files.map(({ id, referralId }) => auditEntry(tx, 'attachment.removed', referralId, { attachmentId: id })),
  );
}
