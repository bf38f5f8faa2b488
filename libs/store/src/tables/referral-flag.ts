import { Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** A value of a referral that could not be right, and that its agency asked to be set apart. Never changed. */
@Entity('referral_flag')
@Unique(['referralId', 'pointer'])
@Index('referral_flag_flagged_idx', ['flaggedAt', 'id'])
export class ReferralFlag {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  /** Where it stood, as an RFC 6901 pointer. */
  @Text() pointer!: string;
  /** The kind of fault, as the API names it. */
  @Text() code!: string;
  /** As the agency sent it. */
  @Text() sent!: string;
  @Instant() flaggedAt!: Temporal.Instant;
}

/** A person has looked into a value that was set apart. */
@Entity('flag_clearing')
export class FlagClearing {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => ReferralFlag) flagId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) clearedBy!: string;
  @Instant() clearedAt!: Temporal.Instant;
}
