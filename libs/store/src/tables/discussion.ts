import type { DiscussionAgency, DiscussionOutcome } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { Decision } from './decision.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

const RESTRICT = { onDelete: 'RESTRICT' } as const;

/**
 * A strategy discussion that has to be held. It is open until a person records how it went, or until its decision is
 * taken back. Nothing else of it changes.
 */
@Entity('strategy_discussion')
@Index('strategy_discussion_number_idx', ['referralId', 'number'], { unique: true, where: 'withdrawn_at IS NULL' })
@Index('strategy_discussion_decision_idx', ['decisionId'])
@Index('strategy_discussion_started_idx', ['startedAt'], { where: 'withdrawn_at IS NULL' })
@Index('strategy_discussion_referral_fkey_idx', ['referralId'])
export class StrategyDiscussion {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  /** The decision that asks for it, or that asked for the one before it. */
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  /** From 1, in the order in which a referral has them. */
  @Whole() number!: number;
  /** When the decision took effect, or when another discussion was called. */
  @Instant() startedAt!: Temporal.Instant;
  @Instant() dueAt!: Temporal.Instant;
  /** It is of an injury or sexual harm. */
  @YesNo() isSameDay!: boolean;
  /** Null where the decision asks for it. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, RESTRICT) calledAgainBy!: string | null;
  @Text({ nullable: true }) calledAgainBecause!: string | null;
  /** When its decision, or the agreement with it, was taken back. */
  @InstantOrNull() withdrawnAt!: Temporal.Instant | null;
}

/** A person called it: for when, and who is asked. The latest call holds. Append-only. */
@Entity('discussion_call')
@Index('discussion_call_discussion_idx', ['discussionId', 'calledAt'])
export class DiscussionCall {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StrategyDiscussion) discussionId!: string;
  @Instant() plannedFor!: Temporal.Instant;
  @Text() chair!: string;
  @Texts() asked!: readonly DiscussionAgency[];
  /** The names of the agencies that have no code. */
  @Text({ nullable: true }) askedOthers!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) calledBy!: string;
  @Instant() calledAt!: Temporal.Instant;
}

/** How it went. Append-only. */
@Entity('discussion_record')
export class DiscussionRecord {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => StrategyDiscussion) discussionId!: string;
  /** Null where it is not held. */
  @InstantOrNull() heldAt!: Temporal.Instant | null;
  @Text({ nullable: true }) outcome!: DiscussionOutcome | null;
  @Text({ nullable: true }) minutes!: string | null;
  /** Why it is not held, or was held without an agency that it needs. */
  @Text({ nullable: true }) reason!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) recordedBy!: string;
  @Instant() recordedAt!: Temporal.Instant;
}

/** An agency that came, or could not. Append-only. */
@Entity('discussion_agency')
export class DiscussionAttendance {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => DiscussionRecord, 'discussionId') discussionId!: string;
  @PrimaryColumn({ type: 'text' }) agency!: DiscussionAgency;
  /** Whether it agreed with the outcome; null where it could not come. */
  @YesNo({ nullable: true }) agrees!: boolean | null;
  /** Why it did not agree, or could not come. */
  @Text({ nullable: true }) why!: string | null;
}

/** A person who came. Append-only. */
@Entity('discussion_participant')
@ForeignKey(() => DiscussionAttendance, ['discussionId', 'agency'], ['discussionId', 'agency'])
export class DiscussionParticipant {
  @PrimaryColumn({ type: 'uuid' }) discussionId!: string;
  @PrimaryColumn({ type: 'text' }) agency!: DiscussionAgency;
  /** From 0. */
  @PrimaryColumn({ type: 'integer' }) position!: number;
  @Text() name!: string;
  @Text() role!: string;
}

/** The child protection conference that is due after a discussion which began enquiries. Append-only. */
@Entity('conference')
export class Conference {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => DiscussionRecord, 'discussionId') discussionId!: string;
  @Instant() dueAt!: Temporal.Instant;
}

/** It was held, or is not needed. Append-only. */
@Entity('conference_record')
export class ConferenceRecord {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Conference, 'discussionId') discussionId!: string;
  /** A local date, `YYYY-MM-DD`; null where it is not needed. */
  @Column({ type: 'date', nullable: true }) heldOn!: string | null;
  @Text({ nullable: true }) reason!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) recordedBy!: string;
  @Instant() recordedAt!: Temporal.Instant;
}
