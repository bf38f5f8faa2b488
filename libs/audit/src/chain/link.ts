import { hash } from 'node:crypto';

/** An entry of the record with its place in the chain, as its columns say. */
export interface ChainedEntry {
  /** From 0 to 127. */
  readonly lane: number;
  /** Its number in the lane; the first is 1. */
  readonly seq: number;
  /** 32 bytes. */
  readonly hash: Buffer;
  /** A UUID in lower case. */
  readonly id: string;
  /** To the microsecond. */
  readonly at: Temporal.Instant;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly act: string;
  readonly referralId: string | null;
  /** PostgreSQL's own text of the JSON: it is hashed as it is, and never parsed. */
  readonly details: string;
  readonly requestId: string | null;
}

/** Before the first entry of a lane. */
export const BEGINNING: Buffer = Buffer.alloc(32);

/**
 * The hash that an entry must have: SHA-256 of the hash of the entry before it and of its own columns. The database
 * computes the same in `mash.entry_hash`; who verifies asks no function of the database, since a person who can change
 * rows can change functions.
 *
 * @param previous 32 bytes
 * @param place the lane and number to compute it for, by default those of the entry itself
 */
export function entryHash(previous: Buffer, entry: ChainedEntry, { lane, seq }: Place = entry): Buffer {
  const { id, at, actorKind, actorId, act, referralId, details, requestId } = entry;
  const columns = [
    ...[String(lane), String(seq), id, String(at.epochNanoseconds / 1_000n), actorKind, actorId, act, referralId],
    ...[details, requestId],
  ];
  return hash('sha256', Buffer.concat([previous, Buffer.from(columns.map(field).join(''))]), 'buffer');
}

/** A lane, and a number in it. */
export interface Place {
  readonly lane: number;
  readonly seq: number;
}

/** Its length in bytes, a colon and the text; a null is a hyphen. So no two rows have the same bytes. */
function field(text: string | null): string {
  return text === null ? '-' : `${Buffer.byteLength(text)}:${text}`;
}
