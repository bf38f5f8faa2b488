import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import { ClaimNote, rowsOf, type RowsOf, type Transaction } from '#store';

/** The note that a person wrote about a claim, if any, and the part of its act's audit entry that names it. */
export function claimNoteRows(
  tx: Transaction,
  referralId: string,
  kind: ClaimNote['kind'],
  note: string,
): { readonly rows: readonly RowsOf[]; readonly details: { readonly noteId?: string } } {
  if (note === '') return { rows: [], details: {} };
  const { actor } = tx;
  if (actor.kind !== 'staff') throw new TypeError('only a person writes a note');
  const id = randomUUIDv7();
  return {
    rows: [rowsOf(ClaimNote, { id, referralId, kind, note, writtenBy: actor.id, writtenAt: tx.now })],
    details: { noteId: id },
  };
}

/** Keeps the note that a person wrote for an act that was not needed any more. */
export async function leaveNote(
  tx: Transaction,
  referralId: string,
  kind: ClaimNote['kind'],
  note: string,
): Promise<void> {
  const { rows, details } = claimNoteRows(tx, referralId, kind, note);
  if (rows.length > 0) await tx.insert(...rows, auditEntry(tx, 'referral.noted', referralId, details));
}
