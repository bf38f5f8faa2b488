import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What a person wrote when they gave a referral back, skipped it or passed it on. Append-only. */
@Entity('claim_note')
@Index('claim_note_referral_idx', ['referralId', 'writtenAt'])
@Index('claim_note_written_idx', ['writtenAt'])
export class ClaimNote {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() kind!: 'given_back' | 'skipped' | 'assigned';
  @Text() note!: string;
  @Uuid() @ForeignKey(() => StaffMember) writtenBy!: string;
  @Instant() writtenAt!: Temporal.Instant;
}
