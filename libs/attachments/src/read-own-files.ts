import { Injectable } from '@nestjs/common';
import { ownAgency, type StaffActor } from '#access';
import { MOST_FILES } from '#domain';
import { Database, Referral } from '#store';
import { FileKeys } from './file-keys.ts';
import { ownAttachments, type OwnAttachment } from './own-attachment.ts';

export interface OwnFiles {
  /** The first one first. */
  readonly files: readonly OwnAttachment[];
  /** Whether the hub takes files, and whether the referral has room for one more. */
  readonly takesFiles: boolean;
  readonly hasRoom: boolean;
}

/** The files of the agency of a person, and whether there can be one more. Reading the referral is what the record notes. */
@Injectable()
export class ReadOwnFiles {
  constructor(
    private readonly database: Database,
    private readonly keys: FileKeys,
  ) {}

  /** @returns no file for a referral of another agency */
  async execute(reference: string, by: StaffActor): Promise<OwnFiles> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction(async (tx) => {
      const own = await tx.one(Referral, { reference, agencyId }, ['id']);
      const files = own === null ? [] : await ownAttachments(tx, own.id, agencyId);
      const counted = files.filter(({ state }) => state !== 'refused');
      return { files, takesFiles: this.keys.names.length > 0, hasRoom: counted.length < MOST_FILES };
    });
  }
}
