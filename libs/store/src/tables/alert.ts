import type { Addressee, Rating } from '#domain';
import { Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, Text, Texts, Uuid } from './columns.ts';
import { Deadline, DeadlineStep } from './deadline.ts';
import { StaffMember } from './staff-member.ts';

/** A step that fired. Its id is the step's, so that the database itself allows one alert a step. */
@Entity('alert')
@Index('alert_referral_idx', ['referralId', 'firedAt'])
@Index('alert_deadline_idx', ['deadlineId', 'firedAt'])
@Index('alert_fired_idx', ['firedAt'])
export class Alert {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => DeadlineStep) id!: string;
  /** As its step says, which is what the database checks. */
  @Uuid() deadlineId!: string;
  /** Null for an alert about the service itself. */
  @Uuid({ nullable: true }) referralId!: string | null;
  @Text() rating!: Rating;
  @Instant() dueAt!: Temporal.Instant;
  @Instant() stepAt!: Temporal.Instant;
  @Instant() firedAt!: Temporal.Instant;
  /** The groups told: those of the step, or those on duty while the front door was shut. */
  @Texts() told!: readonly Addressee[];
}

/** "I have seen this alert": a bounded pause of the chain. Append-only. */
@Entity('acknowledgement')
@Unique(['alertId'])
@Index('acknowledgement_deadline_at_idx', ['deadlineId', 'acknowledgedAt'])
export class Acknowledgement {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Alert) alertId!: string;
  @Uuid() @ForeignKey(() => Deadline) deadlineId!: string;
  @Uuid() @ForeignKey(() => StaffMember) acknowledgedBy!: string;
  @Instant() acknowledgedAt!: Temporal.Instant;
  @Instant() pausedUntil!: Temporal.Instant;
}
