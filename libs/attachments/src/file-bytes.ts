import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { partsOf } from '#domain';
import { sql, type Transaction } from '#store';
import type { FileCipher } from './file-keys.ts';
import { FileStore } from './objects/file-store.ts';

interface File {
  readonly id: string;
  readonly referralId: string;
}

/** Where the bytes of a part are: in its row, or in an object that its row names. */
export type PlacedPart =
  { readonly sealed: Buffer; readonly objectId: null } | { readonly sealed: null; readonly objectId: string };

/** A part that is here. */
export interface PartHere {
  readonly number: number;
  /** Another one once the part has come again. */
  readonly stamp: string;
}

/** The key of an object: ids, and nothing that an agency said. */
export const keyOf = (fileId: string, number: number, objectId: string) => `${fileId}/${number}/${objectId}`;

/**
 * Where the bytes of files are, encrypted before they come here: in PostgreSQL, or in a store that speaks S3. A row for each part
 * says which, so that a file stays readable when the settings name another store. Nothing else of the service knows.
 *
 * PostgreSQL is the truth of which parts are here: an object is put before its row is written, and is never written again. One
 * that no row names is removed by the hour (`remove-orphans.ts`).
 */
@Injectable()
export class FileBytes {
  constructor(private readonly store: FileStore) {}

  /** Whether parts go into another store than PostgreSQL: they are put there before a transaction begins. */
  get areElsewhere(): boolean {
    return this.store.takesParts;
  }

  /** Puts a part into the store. Outside of any transaction. @param sealed encrypted @throws ObjectsAway */
  async place(fileId: string, number: number, sealed: Buffer): Promise<PlacedPart> {
    const objectId = randomUUIDv7();
    await this.store.objects!.put(keyOf(fileId, number, objectId), sealed);
    return { sealed: null, objectId };
  }

  /** Keeps a part, in the place of one of the same number that came before. */
  async keep(tx: Transaction, file: File, number: number, { sealed, objectId }: PlacedPart): Promise<void> {
    await tx.run(sql`
      INSERT INTO attachment_part (attachment_id, number, referral_id, sealed, object_id)
      VALUES (${file.id}, ${number}, ${file.referralId}, ${sealed}, ${objectId})
      ON CONFLICT (attachment_id, number) DO UPDATE SET sealed = excluded.sealed, object_id = excluded.object_id`);
  }

  /**
   * The bytes of a whole file, a part at a time: one is in memory at once.
   *
   * @param reading gives a transaction for one part's row: the same for all, or one for each where a person reads slowly. What is
   * in another store is fetched after it
   * @throws Error when a part is missing or was changed; ObjectsAway
   */
  async *of(
    file: { readonly id: string; readonly size: number },
    cipher: FileCipher,
    reading: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
  ): AsyncGenerator<Buffer, void> {
    for (let number = 1; number <= partsOf(file.size); number += 1) {
      const part = await reading((tx) =>
        tx.row<PlacedPart>(sql`
          SELECT sealed, object_id AS "objectId" FROM attachment_part
          WHERE attachment_id = ${file.id} AND number = ${number}`),
      );
      if (part === null) throw new Error(`part ${number} of a file is missing`);
      yield cipher.open(number, part.sealed ?? (await this.fetched(file.id, number, part.objectId)));
    }
  }

  private async fetched(fileId: string, number: number, objectId: string): Promise<Buffer> {
    const { objects } = this.store;
    if (objects === null) throw new Error('part of a file is in a store that the settings do not name (S3_ENDPOINT)');
    const found = await objects.get(keyOf(fileId, number, objectId));
    if (found === null) throw new Error(`part ${number} of a file is missing in the store of files`);
    return found;
  }
}

/** The parts that are here, by number. */
export async function partsHere(tx: Transaction, fileId: string): Promise<readonly PartHere[]> {
  // The transaction that wrote a row last: each writing is another one.
  return tx.rows<PartHere>(sql`
    SELECT number::int AS number, xmin::text AS stamp FROM attachment_part WHERE attachment_id = ${fileId} ORDER BY number`);
}

/** Removes what is here of files. Objects that no row names any more go by the hour. */
export async function removeParts(tx: Transaction, fileIds: readonly string[]): Promise<void> {
  await tx.run(sql`DELETE FROM attachment_part WHERE attachment_id = ANY(${fileIds})`);
}
