import { partsOf } from '#domain';
import { sql, type Transaction } from '#store';
import type { FileCipher } from './file-keys.ts';

/*
 * Where the bytes of files are: in PostgreSQL, a row a part, encrypted before they come here. Nothing else of the service
 * knows: a store of another kind has these four functions.
 */

interface File {
  readonly id: string;
  readonly referralId: string;
}

/** Keeps a part, in the place of one of the same number that came before. @param sealed encrypted */
export async function keepPart(tx: Transaction, file: File, number: number, sealed: Buffer): Promise<void> {
  await tx.run(sql`
    INSERT INTO attachment_part (attachment_id, number, referral_id, sealed)
    VALUES (${file.id}, ${number}, ${file.referralId}, ${sealed})
    ON CONFLICT (attachment_id, number) DO UPDATE SET sealed = excluded.sealed`);
}

/** The numbers of the parts that are here. */
export async function partsHere(tx: Transaction, fileId: string): Promise<readonly number[]> {
  const found = await tx.rows<{ number: number }>(sql`
    SELECT number FROM attachment_part WHERE attachment_id = ${fileId} ORDER BY number`);
  return found.map(({ number }) => number);
}

/**
 * The bytes of a whole file, a part at a time: one is in memory at once.
 *
 * @param reading gives a transaction for one part: the same for all, or one for each where a person reads slowly
 * @throws Error when a part is missing or was changed
 */
export async function* bytesOf(
  file: { readonly id: string; readonly size: number },
  cipher: FileCipher,
  reading: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): AsyncGenerator<Buffer, void> {
  for (let number = 1; number <= partsOf(file.size); number += 1) {
    const part = await reading((tx) =>
      tx.row<{ sealed: Buffer }>(sql`
        SELECT sealed FROM attachment_part WHERE attachment_id = ${file.id} AND number = ${number}`),
    );
    if (part === null) throw new Error(`part ${number} of a file is missing`);
    yield cipher.open(number, part.sealed);
  }
}

/** Removes what is here of files. */
export async function removeParts(tx: Transaction, fileIds: readonly string[]): Promise<void> {
  await tx.run(sql`DELETE FROM attachment_part WHERE attachment_id = ANY(${fileIds})`);
}
