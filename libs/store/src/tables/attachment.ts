import type { AttachmentState, FileKindCode } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, InstantOrNull, Text, Uuid, Whole } from './columns.ts';
import { ReferralAddition } from './referral-addition.ts';
import { Referral } from './referral.ts';

/** A file that an agency adds to a referral of its own. Its bytes are in its parts, encrypted. */
@Entity('attachment')
@Unique(['agencyId', 'key'])
@Unique(['additionId'])
@Index('attachment_referral_idx', ['referralId', 'begunAt'])
@Index('attachment_unfinished_idx', ['begunAt'], { where: "state IN ('uploading', 'refused')" })
@Index('attachment_unchecked_idx', ['begunAt'], { where: "state IN ('waiting', 'not_scanned')" })
export class Attachment {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  /** As the agency calls it, fit to be shown. */
  @Text() name!: string;
  /** What the agency says that it is. */
  @Text() claimedType!: string;
  /** Bytes. Null, as is the SHA-256, while a file comes that a browser sends: it says neither before. */
  @Whole({ nullable: true }) size!: number | null;
  @Column({ type: 'bytea', nullable: true }) sha256!: Buffer | null;
  /** Who at the agency adds it. */
  @Text() saidBy!: string;
  /** What it shows; may be empty. */
  @Text() words!: string;
  @Text() state!: AttachmentState;
  /** What it is by its content; null until it is whole. */
  @Text({ nullable: true }) kind!: FileKindCode | null;
  /** The key that its bytes are encrypted with, itself encrypted with a key of the settings, and the name of that. */
  @Column({ type: 'bytea' }) dataKey!: Buffer;
  @Text() keyName!: string;
  @Instant() begunAt!: Temporal.Instant;
  @InstantOrNull() addedAt!: Temporal.Instant | null;
  /** That it was added; null until it is whole. */
  @Uuid({ nullable: true }) @ForeignKey(() => ReferralAddition) additionId!: string | null;
  /** When the scanner, or the service without one, had its say. */
  @InstantOrNull() checkedAt!: Temporal.Instant | null;
  /** What the scanner calls the virus that it found. */
  @Text({ nullable: true }) virus!: string | null;
  /** The agency's idempotency key, and the SHA-256 of what it sent under it. */
  @Text() key!: string;
  @Column({ type: 'bytea' }) fingerprint!: Buffer;
}

/** A part of a file, encrypted. */
@Entity('attachment_part')
@Unique(['objectId'])
@Index('attachment_part_referral_fkey_idx', ['referralId'])
export class AttachmentPart {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Attachment) attachmentId!: string;
  /** From 1. */
  @PrimaryColumn({ type: 'smallint' }) number!: number;
  /** The referral, by which the part is walled. */
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  /** Null where it is in a store beside the database. */
  @Column({ type: 'bytea', nullable: true }) sealed!: Buffer | null;
  /** Which object of that store it is. */
  @Uuid({ nullable: true }) objectId!: string | null;
}
