import type { Channel } from '#domain';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Alert } from './alert.ts';
import { Id, Instant, InstantOrNull, Text, Uuid, Whole } from './columns.ts';
import { Feedback } from './feedback.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';
import { WeeklySummary } from './weekly-summary.ts';

/** Why a message leaves the building. Each purpose writes its messages, and acts on their outcome. */
export type Purpose = 'alert' | 'acknowledgement' | 'weekly_summary' | 'feedback' | 'kept_form';

/**
 * Something on its way out of the building by one channel: an alert to a person or to the hub as a whole, the
 * acknowledgement of a referral or the feedback on it to its referrer, the weekly summary to a person who wants it, or the word to
 * a person of an agency that a form which they kept is not sent.
 */
@Entity('delivery')
@Unique(['alertId', 'channel', 'recipientId'])
@Index('delivery_to_the_hub_idx', ['alertId', 'channel'], { unique: true, where: 'recipient_id IS NULL' })
@Index('delivery_queued_idx', ['channel', 'urgency', 'nextAttemptAt'], { where: "state = 'queued'" })
@Index('delivery_leased_idx', ['leaseUntil'], { where: "state = 'sending'" })
@Index('delivery_recent_idx', ['recipientId', 'channel', 'sentAt'], { where: 'sent_at IS NOT NULL' })
@Index('delivery_message_idx', ['messageId'], { where: 'message_id IS NOT NULL' })
@Index('delivery_follow_up_idx', ['followUpAt'], { where: 'follow_up_at IS NOT NULL' })
@Index('delivery_acknowledgement_idx', ['referralId'], { unique: true, where: "purpose = 'acknowledgement'" })
@Index('delivery_weekly_summary_idx', ['week', 'recipientId'], { unique: true, where: "purpose = 'weekly_summary'" })
@Index('delivery_feedback_idx', ['feedbackId'], { unique: true, where: "purpose = 'feedback'" })
@Index('delivery_kept_form_idx', ['draftId'], { unique: true, where: "purpose = 'kept_form'" })
@Index('delivery_receipt_due_idx', ['acceptedAt'], { where: "state = 'accepted'" })
@Index('delivery_not_alert_idx', ['nextAttemptAt'], { where: "purpose <> 'alert'" })
@Index('delivery_feedback_fkey_idx', ['feedbackId'], { where: 'feedback_id IS NOT NULL' })
@Index('delivery_referral_fkey_idx', ['referralId'], { where: 'referral_id IS NOT NULL' })
export class Delivery {
  @Id() id!: string;
  @Text({ default: 'alert' }) purpose!: Purpose;
  /** The alert that it carries; null for any other purpose. */
  @Uuid({ nullable: true }) @ForeignKey(() => Alert) alertId!: string | null;
  /** The referral that it acknowledges; null for any other purpose. */
  @Uuid({ nullable: true }) @ForeignKey(() => Referral) referralId!: string | null;
  /** The week that it sums up, by the Monday after it; null for any other purpose. */
  @Column({ type: 'date', nullable: true })
  @ForeignKey(() => WeeklySummary, 'week', { onDelete: 'RESTRICT' })
  week!: string | null;
  /** The answer to a referrer that it tells of; null for any other purpose. */
  @Uuid({ nullable: true }) @ForeignKey(() => Feedback) feedbackId!: string | null;
  /** The form that was kept and not sent; null for any other purpose. The draft may be gone. */
  @Uuid({ nullable: true }) draftId!: string | null;
  /** `loopback` leads nowhere: the watchdog's canary is sent by it. */
  @Text() channel!: Channel | 'loopback';
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) recipientId!: string | null;
  @Text() state!: 'queued' | 'sending' | 'accepted' | 'delivered' | 'failed' | 'not_needed';
  @Column({ type: 'smallint' }) urgency!: number;
  @Whole({ default: 0 }) attempts!: number;
  @Instant() nextAttemptAt!: Temporal.Instant;
  /** While it is being sent: by which worker, and until when no other person may. */
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
  /** Since when its purpose has to act on its outcome; null when nothing is left to do. */
  @InstantOrNull() followUpAt!: Temporal.Instant | null;
  /** The code of the last failure. */
  @Text({ nullable: true }) failure!: string | null;
}
