import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { ClaimNote, rowsOf, type RowsOf, type Transaction } from '#store';

/** What somebody wrote about a claim, if they wrote anything, and what its act's audit entry says of it. */
export function claimNoteRows(
  tx: Transaction,
  referralId: string,
  kind: ClaimNote['kind'],
  note: string,
  by: StaffActor,
): { readonly rows: readonly RowsOf[]; readonly details: { readonly noteId?: string } } {
  if (note === '') return { rows: [], details: {} };
  const id = randomUUIDv7();
  return {
    rows: [rowsOf(ClaimNote, { id, referralId, kind, note, writtenBy: by.id, writtenAt: tx.now })],
    details: { noteId: id },
  };
}

/** Keeps what somebody wrote for an act that there was no need of any more. */
export async function leaveNote(
  tx: Transaction,
  referralId: string,
  kind: ClaimNote['kind'],
  note: string,
  by: StaffActor,
): Promise<void> {
  const { rows, details } = claimNoteRows(tx, referralId, kind, note, by);
  if (rows.length > 0) await tx.insert(...rows, auditEntry(tx, by, 'referral.noted', referralId, details));
}
