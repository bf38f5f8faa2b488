import type { MatchBand, MatchReason } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, YesNo } from './columns.ts';
import { ReferralChild } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** Two children of two referrals who may be one, as they were found when the later referral came in. */
@Entity('child_candidate')
@Index('child_candidate_other_idx', ['otherId', 'otherPosition'])
@ForeignKey(() => ReferralChild, ['referralId', 'position'], ['referralId', 'position'])
@ForeignKey(() => ReferralChild, ['otherId', 'otherPosition'], ['referralId', 'position'])
export class ChildCandidate {
  @PrimaryColumn({ type: 'uuid' }) referralId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  @PrimaryColumn({ type: 'uuid' }) otherId!: string;
  @PrimaryColumn({ type: 'smallint' }) otherPosition!: number;
  @Text() band!: MatchBand;
  /** The base-2 logarithm of the odds. */
  @Column({ type: 'real' }) weight!: number;
  @Texts() reasons!: readonly MatchReason[];
}

/**
 * What a person said of two children of two referrals: that they are one, or that they are not. A judgement ends, and is
 * never removed. The children that are joined by judgements, directly or by way of others, are one known child.
 */
@Entity('child_judgement')
@Index('child_judgement_one_idx', ['oneId', 'onePosition'])
@Index('child_judgement_other_idx', ['otherId', 'otherPosition'])
@Index('child_judgement_pair_idx', ['oneId', 'onePosition', 'otherId', 'otherPosition'], {
  unique: true,
  where: 'ended_at IS NULL',
})
@ForeignKey(() => ReferralChild, ['oneId', 'onePosition'], ['referralId', 'position'])
@ForeignKey(() => ReferralChild, ['otherId', 'otherPosition'], ['referralId', 'position'])
export class ChildJudgement {
  @Id() id!: string;
  /** The smaller of the two, by referral and position. */
  @Uuid() oneId!: string;
  @Column({ type: 'smallint' }) onePosition!: number;
  @Uuid() otherId!: string;
  @Column({ type: 'smallint' }) otherPosition!: number;
  @YesNo() isSame!: boolean;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) judgedBy!: string;
  @Instant() judgedAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  @Text({ nullable: true }) endReason!: string | null;
}
