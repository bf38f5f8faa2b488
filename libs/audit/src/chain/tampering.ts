import type { Place } from './link.ts';

/** The ways in which the record can be other than it was written. */
export type TamperingKind =
  'edited' | 'deleted' | 'inserted' | 'swapped' | 'tail-deleted' | 'restamped' | 'rolled-back' | 'checkpoint';

/** A row by which tampering is known. Instants are RFC 3339. */
export interface TamperedRow extends Place {
  readonly id: string;
  readonly at: string;
}

/** One place at which the record is other than it was written. */
export interface Tampering extends Place {
  readonly kind: TamperingKind;
  /** The row; of rows that are gone, null. */
  readonly row: TamperedRow | null;
  /**
   * The row beside it: of a swap the other one, of a deletion the one before what is gone, of what was written again the
   * last row of which that is known.
   */
  readonly beside: TamperedRow | null;
  /** The last number that it concerns; of one row, its own. */
  readonly upTo: number;
  /** The checkpoint that shows it: its instant; null where the chain alone does. */
  readonly checkpoint: string | null;
}

/** One tampering in a line, for a person who looks for the row. */
export function tamperingInWords({ kind, lane, seq, upTo, row, beside, checkpoint }: Tampering): string {
  const numbers = seq === upTo ? `number ${seq}` : `numbers ${seq} to ${upTo}`;
  const here = `lane ${lane}, ${numbers}`;
  const last = beside === null ? 'the beginning of the lane' : nameOf(beside);
  switch (kind) {
    case 'edited':
      return `Edited: ${nameOf(row!)}. Its columns are not those that were hashed${beside === null ? '' : `, or ${nameOf(beside)} was edited and hashed again`}.`;
    case 'deleted':
      return `Deleted: ${here}. What was there came after ${last}${row === null ? '' : ` and before ${nameOf(row)}`}.`;
    case 'inserted':
      return `Inserted: ${nameOf(row!)}. The chain does not hold it.`;
    case 'swapped':
      return `Swapped: ${nameOf(row!)} and ${nameOf(beside!)}. Each stands in the place of the other.`;
    case 'tail-deleted':
      return `Deleted at the end: ${here}. The last that is left is ${last}.`;
    case 'restamped':
      return `Written again: ${here}, of ${row === null ? 'rows that are gone' : nameOf(row)} to ${last}. At least one was changed and all after it hashed again: they are not those of the checkpoint of ${checkpoint}.`;
    case 'rolled-back':
      return `Rolled back: ${here}. The record ends with ${last}, before what the checkpoint of ${checkpoint} names: it was put back to an older state.`;
    case 'checkpoint':
      return `The checkpoint of ${checkpoint} is not what was signed, or has another key.`;
  }
}

function nameOf({ at, id, lane, seq }: TamperedRow): string {
  return `${at} ${id} (lane ${lane}, number ${seq})`;
}
