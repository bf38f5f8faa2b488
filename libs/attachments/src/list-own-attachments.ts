import { Injectable } from '@nestjs/common';
import { ownAgency, type AccessActor } from '#access';
import { auditEntry } from '#audit';
import { parseReferralReference } from '#domain';
import { referralNotFound } from '#referrals';
import { Database, Referral } from '#store';
import { ownAttachments, type OwnAttachment } from './own-attachment.ts';

/** An agency asks how the files that it added to a referral of its own stand. */
@Injectable()
export class ListOwnAttachments {
  constructor(private readonly database: Database) {}

  /** @returns the first one first @throws Refused `not-found`, also for a referral of another agency */
  async execute(written: string, by: AccessActor): Promise<readonly OwnAttachment[]> {
    return this.database.as(by).transaction(async (tx) => {
      const [reference, agencyId] = [parseReferralReference(written) ?? '', ownAgency(by)];
      const own = await tx.one(Referral, { reference, agencyId }, ['id']);
      if (own === null) throw await referralNotFound(tx, reference);
      const files = await ownAttachments(tx, own.id, agencyId);
      await tx.insert(auditEntry(tx, 'attachments.listed', own.id, { lines: files.length }));
      return files;
    });
  }
}
