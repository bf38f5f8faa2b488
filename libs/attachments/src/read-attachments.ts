import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import type { AttachmentState, FileKindCode } from '#domain';
import { failedTries } from '#jobs';
import { Database, sql } from '#store';

/** A file that an agency has added to a referral. */
export interface AttachmentLine {
  readonly id: string;
  readonly name: string;
  readonly kind: FileKindCode;
  /** Bytes. */
  readonly size: number;
  readonly agency: string;
  readonly saidBy: string;
  readonly words: string;
  readonly addedAt: Temporal.Instant;
  readonly state: AttachmentState;
  /** What the scanner calls the virus that it found. */
  readonly virus: string | null;
  /** The scanner gave no answer so often that the people who run the service were told. */
  readonly isScannerAway: boolean;
}

type Row = Omit<AttachmentLine, 'isScannerAway'>;

/** The files of a referral, but for those that are not whole. Reading the referral is what the record notes. */
@Injectable()
export class ReadAttachments {
  constructor(private readonly database: Database) {}

  /** @param reference of a referral that the person may read @returns the first one first */
  async execute(reference: string, by: StaffActor): Promise<readonly AttachmentLine[]> {
    return this.database.as(by).transaction(async (tx) => {
      const files = await tx.rows<Row>(sql`
        SELECT a.id, a.name, a.kind, a.size, agency.name AS agency, a.said_by AS "saidBy", a.words, a.added_at AS "addedAt",
          a.state, a.virus
        FROM attachment a JOIN referral r ON r.id = a.referral_id JOIN agency ON agency.id = a.agency_id
        WHERE r.reference = ${reference} AND a.addition_id IS NOT NULL ORDER BY a.added_at, a.id`);
      const lines: AttachmentLine[] = [];
      for (const file of files) {
        const tries =
          file.state === 'waiting' ? await failedTries(tx, 'scan-attachment', { attachmentId: file.id }) : null;
        lines.push({ ...file, isScannerAway: tries?.isOperatorTold ?? false });
      }
      return lines;
    });
  }
}
