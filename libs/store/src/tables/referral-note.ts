import { Entity, ForeignKey, Index } from 'typeorm';
import type { NoteKind } from '#domain';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What a person notes on a referral while it is worked on, such as a call to the family. Append-only. */
@Entity('referral_note')
@Index('referral_note_referral_idx', ['referralId', 'writtenAt'])
export class ReferralNote {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() kind!: NoteKind;
  /** Who was spoken to, or was to be; null for a note that is of no call. */
  @Text({ nullable: true }) withWhom!: string | null;
  @Text() note!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) writtenBy!: string;
  @Instant() writtenAt!: Temporal.Instant;
}
