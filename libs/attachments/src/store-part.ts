import { Injectable } from '@nestjs/common';
import { ownAgency, type AccessActor } from '#access';
import { bytesOfPart, MOST_BYTES, PART_BYTES, partsOf } from '#domain';
import { Refused } from '#platform';
import { Database, sql, type Transaction } from '#store';
import { FileBytes } from './file-bytes.ts';
import { FileKeys, type KeptKey } from './file-keys.ts';
import { written, type WhichAttachment } from './own-attachment.ts';

export interface StorePartCommand extends WhichAttachment {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
  readonly by: AccessActor;
}

/** A part has another size than it must have. */
export class PartOfAnotherSize extends Error {
  /** @param expected bytes */
  constructor(readonly expected: number) {
    super('part-of-another-size');
    this.name = 'PartOfAnotherSize';
  }
}

/** Keeps one part of a file, encrypted. The same part can be sent again, in any order, until the file is completed. */
@Injectable()
export class StorePart {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
    private readonly bytes: FileBytes,
  ) {}

  /**
   * @throws Refused `not-found`, also for a number that the file does not have, `attachments-not-taken` or
   * `attachment-completed`
   * @throws PartOfAnotherSize, ObjectsAway
   */
  async execute({ number, bytes, by, ...which }: StorePartCommand): Promise<void> {
    const own = written(which);
    if (own === null) throw new Refused('not-found');
    this.keys.mustBeSet();
    const { keys, bytes: all } = this;
    const seal = (file: Found) => keys.ofFile(file.id, file).seal(number, bytes);
    const acting = this.database.as(by);
    const look = (tx: Transaction, isLocked: boolean) => foundIn(tx, own, ownAgency(by), { number, bytes }, isLocked);
    // Where parts go into another store this one is there before its row is, and no lock waits for it.
    const before = all.areElsewhere ? await acting.transaction((tx) => look(tx, false)) : null;
    const placed = before === null ? null : await all.place(before.id, number, seal(before));
    await acting.transaction(async (tx) => {
      // Parts of one file come beside one another; it is not completed meanwhile.
      const file = await look(tx, true);
      await all.keep(tx, file, number, placed ?? { sealed: seal(file), objectId: null });
    });
  }
}

interface Found extends KeptKey {
  readonly id: string;
  readonly referralId: string;
  readonly size: number | null;
  readonly isOpen: boolean;
}

/** The file to which a part belongs. @throws Refused `not-found` or `attachment-completed`; PartOfAnotherSize */
async function foundIn(
  tx: Transaction,
  { reference, attachment }: WhichAttachment,
  agencyId: string,
  { number, bytes }: { readonly number: number; readonly bytes: Buffer },
  isLocked: boolean,
): Promise<Found> {
  const file = await tx.row<Found>(sql`
    SELECT a.id, a.referral_id AS "referralId", a.size, a.state = 'uploading' AS "isOpen", a.data_key AS "dataKey",
      a.key_name AS "keyName"
    FROM attachment a JOIN referral r ON r.id = a.referral_id
    WHERE a.id = ${attachment} AND r.reference = ${reference} AND a.agency_id = ${agencyId}
      ${isLocked ? sql`FOR SHARE OF a` : sql``}`);
  if (file === null || number < 1 || number > partsOf(file.size ?? MOST_BYTES)) throw new Refused('not-found');
  if (!file.isOpen) throw new Refused('attachment-completed');
  // Of a file that a browser sends the last part is known when it has come: what is read at its end shows whether all is there.
  const expected = file.size === null ? Math.min(bytes.length, PART_BYTES) : bytesOfPart(number, file.size);
  if (bytes.length !== expected) throw new PartOfAnotherSize(expected);
  return file;
}
