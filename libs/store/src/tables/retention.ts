import type { PublishedSchedule } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Uuid, Whole, YesNo } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** For how long records are kept, as a council published it. Version 1 is that of the code. Append-only. */
@Entity('retention_schedule')
export class RetentionScheduleVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() schedule!: PublishedSchedule;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) madeBy!: string;
  @Instant() madeAt!: Temporal.Instant;
  @Text() reason!: string;
}

/** Nothing that it covers is destroyed until it ends. */
@Entity('retention_hold')
@Index('retention_hold_open_idx', ['referralId'], { where: 'ended_at IS NULL' })
export class RetentionHold {
  @Id() id!: string;
  /** Null for every record. */
  @Uuid({ nullable: true }) referralId!: string | null;
  /** Stays when the referral is destroyed. */
  @Text({ nullable: true }) reference!: string | null;
  @Text() reason!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) setBy!: string;
  @Instant() setAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  @Text({ nullable: true }) endReason!: string | null;
}

/** What one person approved for destruction and another agreed to; with `doneAt` it is a certificate. */
@Entity('destruction')
export class Destruction {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) approvedBy!: string;
  @Instant() approvedAt!: Temporal.Instant;
  /** Null until another person has answered. */
  @Text({ nullable: true }) answer!: 'agreed' | 'refused' | null;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) answeredBy!: string | null;
  @InstantOrNull() answeredAt!: Temporal.Instant | null;
  @InstantOrNull() doneAt!: Temporal.Instant | null;
}

/**
 * `kept`: a person said that it is kept longer. `withdrawn`: it is not due any more, or a hold covers it. The last three are
 * for good.
 */
export type ProposalState = 'proposed' | 'approved' | 'kept' | 'withdrawn' | 'destroyed';

/**
 * A referral, or advice that led to none, whose period is over. The line stays when what it is about is gone, and has no word of it.
 */
@Entity('destruction_proposal')
@Index('destruction_proposal_open_idx', ['referralId'], { unique: true, where: 'settled_at IS NULL' })
@Index('destruction_proposal_referral_idx', ['referralId'])
@Index('destruction_proposal_destruction_idx', ['destructionId'])
@Index('destruction_proposal_open_advice_idx', ['consultationId'], {
  unique: true,
  where: 'settled_at IS NULL AND consultation_id IS NOT NULL',
})
@Index('destruction_proposal_consultation_idx', ['consultationId'], { where: 'consultation_id IS NOT NULL' })
export class DestructionProposal {
  @Id() id!: string;
  /** Null where it is about advice. */
  @Uuid({ nullable: true }) referralId!: string | null;
  @Text({ nullable: true }) reference!: string | null;
  /** Null where it is about a referral. */
  @Uuid({ nullable: true }) consultationId!: string | null;
  /** When the advice was given. A local date, `YYYY-MM-DD`; null where it is about a referral. */
  @Column({ type: 'date', nullable: true }) givenOn!: string | null;
  /** The name of the rule, such as `R1f`. */
  @Text() rule!: string;
  /** A local date, `YYYY-MM-DD`. */
  @Column({ type: 'date' }) keptUntil!: string;
  @YesNo() looksFirst!: boolean;
  @Whole() scheduleVersion!: number;
  @Instant() proposedAt!: Temporal.Instant;
  @Text() state!: ProposalState;
  @Uuid({ nullable: true }) @ForeignKey(() => Destruction) destructionId!: string | null;
  @InstantOrNull() settledAt!: Temporal.Instant | null;
  /** Null for the service. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) settledBy!: string | null;
  /** Why it is kept or withdrawn: a person's words, or a code. */
  @Text({ nullable: true }) why!: string | null;
  @Column({ type: 'date', nullable: true }) keepUntil!: string | null;
  /** How many rows of each table were destroyed. */
  @Json({ nullable: true }) rowsDestroyed!: Readonly<Record<string, number>> | null;
}
