import type { FeedbackActKind, FeedbackAudience, FeedbackState, FeedbackWay, WhyByPerson } from '#domain';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Uuid } from './columns.ts';
import { Decision } from './decision.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** The answer that a referrer is owed since a decision took effect. */
@Entity('feedback')
@Index('feedback_decision_idx', ['decisionId'], { unique: true, where: "state <> 'withdrawn'" })
@Index('feedback_referral_idx', ['referralId', 'owedAt'])
@Index('feedback_waiting_idx', ['dueAt', 'id'], { where: "state IN ('owed', 'awaiting_leave')" })
@Index('feedback_settled_idx', ['settledAt', 'id'], { where: 'settled_at IS NOT NULL' })
@Index('feedback_decision_fkey_idx', ['decisionId'])
export class Feedback {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  @Text() audience!: FeedbackAudience;
  @Text() way!: FeedbackWay['way'];
  /** Null unless a person tells the referrer. */
  @Text({ nullable: true }) whyByPerson!: WhyByPerson | null;
  /** Why it was decided so, as the referrer is told it. */
  @Text() reason!: string;
  @Text() state!: FeedbackState;
  /** When the decision took effect. */
  @Instant() owedAt!: Temporal.Instant;
  /** One working day later; null where nothing is owed. */
  @InstantOrNull() dueAt!: Temporal.Instant | null;
  /** When the referrer was told, or it was settled that they are not. */
  @InstantOrNull() settledAt!: Temporal.Instant | null;
}

/** What was done about the answer to a referrer: by a person, or by the service with a message. Append-only. */
@Entity('feedback_act')
@Index('feedback_act_feedback_idx', ['feedbackId', 'at'])
export class FeedbackAct {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Feedback) feedbackId!: string;
  @Text() kind!: FeedbackActKind;
  /** What the person says of it; null for what the service did. */
  @Text({ nullable: true }) words!: string | null;
  /** Null for the service. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) by!: string | null;
  @Instant() at!: Temporal.Instant;
}
