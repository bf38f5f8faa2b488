import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccessActor } from '#access';
import { partsOf, type FileKindCode } from '#domain';
import { Database } from '#store';
import { ContentKind } from './content-kind.ts';
import { FileBytes, partsHere, type PartHere } from './file-bytes.ts';
import { FileKeys, type KeptKey } from './file-keys.ts';

/** A file is not whole. */
export class PartsMissing extends Error {
  /** @param numbers of the parts that have not come, from 1 */
  constructor(readonly numbers: readonly number[]) {
    super('parts-missing');
    this.name = 'PartsMissing';
  }
}

/** What the parts of a file make together. */
export interface Examined {
  readonly sha256: Buffer;
  /** What it is by its content; null for no kind that the hub takes. */
  readonly kind: FileKindCode | null;
  /** Which parts were read: a caller that goes by this sees to it that they are here still. */
  readonly parts: readonly PartHere[];
}

/** Reads a file through before it is added. No lock is held meanwhile: a store elsewhere may be slow. */
@Injectable()
export class ExamineParts {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly bytes: FileBytes,
  ) {}

  /** @throws PartsMissing, ObjectsAway, and Error when a part cannot be read */
  async execute(file: KeptKey & { readonly id: string; readonly size: number }, by: AccessActor): Promise<Examined> {
    const acting = this.database.as(by);
    const parts = await acting.transaction((tx) => partsHere(tx, file.id));
    const numbers = Array.from({ length: partsOf(file.size) }, (_, at) => at + 1);
    const missing = numbers.filter((one) => !parts.some(({ number }) => number === one));
    if (missing.length > 0) throw new PartsMissing(missing);
    const [hash, content]: [Hash, ContentKind] = [createHash('sha256'), new ContentKind()];
    for await (const bytes of this.bytes.of(file, this.keys.ofFile(file.id, file), (work) =>
      acting.transaction(work),
    )) {
      hash.update(bytes);
      content.add(bytes);
    }
    return { sha256: hash.digest(), kind: content.found, parts };
  }
}
