import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What a person said of two referrals: that they report one incident. It ends, and is never removed. */
@Entity('same_incident')
@Index('same_incident_other_idx', ['otherId'])
@Index('same_incident_pair_idx', ['oneId', 'otherId'], { unique: true, where: 'ended_at IS NULL' })
@Index('same_incident_one_fkey_idx', ['oneId'])
export class SameIncident {
  @Id() id!: string;
  /** The smaller of the two. */
  @Uuid() @ForeignKey(() => Referral) oneId!: string;
  @Uuid() @ForeignKey(() => Referral) otherId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) saidBy!: string;
  @Instant() saidAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  @Text({ nullable: true }) endReason!: string | null;
}

/** The incident of a referral that is not the only report of it, worked out from every {@link SameIncident} that stands. */
@Entity('referral_incident')
@Index('referral_incident_incident_idx', ['incidentId'])
export class ReferralIncident {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  /** The smallest id of a referral that reports it. */
  @Uuid() @ForeignKey(() => Referral) incidentId!: string;
}
