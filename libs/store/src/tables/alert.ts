import type { AlertGroup, Channel, Rating } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, Whole } from './columns.ts';
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
  @Texts() told!: readonly AlertGroup[];
}

/** One alert on its way to one person by one channel, or to the hub as a whole. */
@Entity('delivery')
@Unique(['alertId', 'channel', 'recipientId'])
@Index('delivery_to_the_hub_idx', ['alertId', 'channel'], { unique: true, where: 'recipient_id IS NULL' })
@Index('delivery_queued_idx', ['channel', 'urgency', 'nextAttemptAt'], { where: "state = 'queued'" })
@Index('delivery_leased_idx', ['leaseUntil'], { where: "state = 'sending'" })
@Index('delivery_recent_idx', ['recipientId', 'channel', 'sentAt'], { where: 'sent_at IS NOT NULL' })
@Index('delivery_message_idx', ['messageId'], { where: 'message_id IS NOT NULL' })
@Index('delivery_receipt_due_idx', ['acceptedAt'], { where: "state = 'accepted'" })
export class Delivery {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Alert) alertId!: string;
  /** `loopback` leads nowhere: the watchdog's canary is sent by it. */
  @Text() channel!: Channel | 'loopback';
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) recipientId!: string | null;
  @Text() state!: 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'not_needed';
  @Column({ type: 'smallint' }) urgency!: number;
  @Whole({ default: 0 }) attempts!: number;
  @Instant() nextAttemptAt!: Temporal.Instant;
  /** While it is being sent: by which worker, and until when nobody else may. */
  @Uuid({ nullable: true }) leaseOwner!: string | null;
  @InstantOrNull() leaseUntil!: Temporal.Instant | null;
  /** The message that carries it: our reference at the provider. Those of a digest share one. */
  @Uuid({ nullable: true }) messageId!: string | null;
  @InstantOrNull() sentAt!: Temporal.Instant | null;
  /** When the provider took it. */
  @InstantOrNull() acceptedAt!: Temporal.Instant | null;
  /** When the provider says it arrived, or the person had it on screen. */
  @InstantOrNull() deliveredAt!: Temporal.Instant | null;
  @InstantOrNull() failedAt!: Temporal.Instant | null;
  /** The code of the last failure. */
  @Text({ nullable: true }) failure!: string | null;
}

/** "I have seen this alert": a bounded pause of the chain. Append-only. */
@Entity('acknowledgement')
@Unique(['alertId'])
@Index('acknowledgement_deadline_idx', ['deadlineId'])
export class Acknowledgement {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Alert) alertId!: string;
  @Uuid() @ForeignKey(() => Deadline) deadlineId!: string;
  @Uuid() @ForeignKey(() => StaffMember) acknowledgedBy!: string;
  @Instant() acknowledgedAt!: Temporal.Instant;
  @Instant() pausedUntil!: Temporal.Instant;
}
