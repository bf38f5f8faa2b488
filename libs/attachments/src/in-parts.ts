import { createHash } from 'node:crypto';
import { MOST_BYTES, PART_BYTES } from '#domain';
import type { Measured } from './complete-attachment.ts';
import { UnfitFile } from './unfit-file.ts';

/**
 * Cuts bytes as they come into the parts in which files are kept, and measures them. One part is in memory at once. What is
 * larger than a file may be is read no further.
 */
export class InParts {
  private readonly hash = createHash('sha256');
  private size = 0;

  constructor(private readonly bytes: AsyncIterable<Buffer>) {}

  /** @throws UnfitFile, and what the bytes throw */
  async *parts(): AsyncGenerator<Buffer, void> {
    let [waiting, length]: [Buffer[], number] = [[], 0];
    for await (const piece of this.bytes) {
      this.size += piece.length;
      if (this.size > MOST_BYTES) throw new UnfitFile('too-large');
      this.hash.update(piece);
      waiting.push(piece);
      length += piece.length;
      while (length >= PART_BYTES) {
        const all = Buffer.concat(waiting, length);
        yield all.subarray(0, PART_BYTES);
        [waiting, length] = [[all.subarray(PART_BYTES)], length - PART_BYTES];
      }
    }
    if (this.size === 0) throw new UnfitFile('empty');
    if (length > 0) yield Buffer.concat(waiting, length);
  }

  /** Of all that came. Call it once, after the last part. */
  measured(): Measured {
    return { size: this.size, sha256: this.hash.digest() };
  }
}
