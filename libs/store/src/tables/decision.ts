import type { Outcome, PrimaryNeed, Progression, SignOffReason, ThresholdLevel } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { PolicyVersion, CalendarVersion } from './policy-version.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What a person decided about a referral, and why. Append-only: superseded, never edited. */
@Entity('decision')
@Unique(['id', 'decidedBy'])
@Unique(['decidedBy', 'referralId', 'formId'])
@Index('decision_referral_idx', ['referralId', 'decidedAt'])
@Index('decision_decided_with_idx', ['decidedWith'], { where: 'decided_with IS NOT NULL' })
export class Decision {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() outcome!: Outcome;
  @Column({ type: 'smallint' }) thresholdLevel!: ThresholdLevel;
  @Text() rationale!: string;
  /** Why outcome and level are both right although they contradict each other; null where they do not. */
  @Text({ nullable: true }) contradictionReason!: string | null;
  /** Why no strategy discussion follows although the level is 4; null where none has to, and on decisions of before. */
  @Text({ nullable: true }) noDiscussionReason!: string | null;
  /** Why it goes to another than the allocated worker, although a child has an open case; null where none has. */
  @Text({ nullable: true }) openCaseReason!: string | null;
  /** What it counts as in the census; null on decisions of before. */
  @Text({ nullable: true }) progression!: Progression | null;
  /** Null on decisions of before, and where it counts as a contact only and none was named. */
  @Text({ nullable: true }) primaryNeed!: PrimaryNeed | null;
  /** A code of the policy's list; null where it was in time, where no reason was given, and on decisions of before. */
  @Text({ nullable: true }) lateReason!: string | null;
  /** More about that reason. */
  @Text({ nullable: true }) lateWords!: string | null;
  /** The analysis under the headings of Signs of Safety, and the child's voice; null on decisions of before. */
  @Text({ nullable: true }) worries!: string | null;
  @Text({ nullable: true }) workingWell!: string | null;
  @Text({ nullable: true }) needsToHappen!: string | null;
  /** 0 = things could not be worse, 10 = safe enough to close. */
  @Column({ type: 'smallint', nullable: true }) safetyScale!: number | null;
  @Text({ nullable: true }) childsVoice!: string | null;
  /** What the decider wrote for the referrer; null for the hub's own words. */
  @Text({ nullable: true }) reasonToReferrer!: string | null;
  /** The form it was sent from: one form decides once. */
  @Uuid({ nullable: true }) formId!: string | null;
  /** The decision on another report of the same incident that it was made with, by one press; null for one of its own. */
  @Uuid({ nullable: true }) @ForeignKey(() => Decision) decidedWith!: string | null;
  @Uuid() @ForeignKey(() => StaffMember) decidedBy!: string;
  @Instant() decidedAt!: Temporal.Instant;
  /** Why another person has to sign it off; empty when it took effect at once. */
  @Texts() signOffReasons!: readonly SignOffReason[];
}

/** What a decision on several children says of one of them. None of a decision says that it is the same for all. Append-only. */
@Entity('decision_child')
export class DecisionChild {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Decision) decisionId!: string;
  /** Among the children of the referral, from 0. */
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  @YesNo() included!: boolean;
  /** Why the child is left out; null for one who is not. */
  @Text({ nullable: true }) reason!: string | null;
  /** Another outcome than that of the decision, and its level of need; null where they are the same. */
  @Text({ nullable: true }) outcome!: Outcome | null;
  @Column({ type: 'smallint', nullable: true }) thresholdLevel!: ThresholdLevel | null;
}

/** A manager's agreement with a decision, or its return. Append-only; the database keeps the decider from signing. */
@Entity('sign_off')
@Index('sign_off_decision_idx', ['decisionId', 'signedAt'])
@ForeignKey(() => Decision, ['decisionId', 'decidedBy'], ['id', 'decidedBy'])
export class SignOff {
  @Id() id!: string;
  @Uuid() decisionId!: string;
  @Uuid() decidedBy!: string;
  @Uuid() @ForeignKey(() => StaffMember) signedBy!: string;
  @Text() result!: 'agreed' | 'returned';
  @Text({ nullable: true }) comments!: string | null;
  @Instant() signedAt!: Temporal.Instant;
}

/** A decision, or the agreement with one, was taken back by who made it. Append-only. */
@Entity('undoing')
@Index('undoing_of_decision_idx', ['decisionId', 'undoneAt'])
@Index('undoing_decision_idx', ['decisionId'], { unique: true, where: 'sign_off_id IS NULL' })
@Index('undoing_sign_off_idx', ['signOffId'], { unique: true, where: 'sign_off_id IS NOT NULL' })
export class Undoing {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  @Uuid({ nullable: true }) @ForeignKey(() => SignOff) signOffId!: string | null;
  @Uuid() @ForeignKey(() => StaffMember) undoneBy!: string;
  @Instant() undoneAt!: Temporal.Instant;
}

/** How long a referral took, measured when its decision took effect. Append-only: the referral says which one counts. */
@Entity('response_time')
@Index('response_time_referral_idx', ['referralId'])
@Index('response_time_effective_idx', ['effectiveAt', 'id'])
@Index('response_time_received_idx', ['receivedAt', 'id'])
@Index('response_time_elapsed_idx', ['elapsedMinutes', 'id'])
@Index('response_time_late_idx', ['effectiveAt', 'id'], { where: 'NOT on_time' })
@Index('response_time_over_limit_idx', ['effectiveAt', 'id'], { where: 'NOT within_statutory_limit' })
@Index('response_time_decision_fkey_idx', ['decisionId'])
export class RecordedResponseTime {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  @Instant() receivedAt!: Temporal.Instant;
  @InstantOrNull() firstOpenedAt!: Temporal.Instant | null;
  @InstantOrNull() firstClaimedAt!: Temporal.Instant | null;
  @InstantOrNull() firstRatedAt!: Temporal.Instant | null;
  @Instant() decidedAt!: Temporal.Instant;
  @Instant() effectiveAt!: Temporal.Instant;
  @Instant() dueAt!: Temporal.Instant;
  @Instant() statutoryDueAt!: Temporal.Instant;
  @Whole() elapsedMinutes!: number;
  @Whole() workingMinutes!: number;
  @YesNo() onTime!: boolean;
  @YesNo() withinStatutoryLimit!: boolean;
  @Whole() @ForeignKey(() => PolicyVersion, 'version') policyVersion!: number;
  @Whole() @ForeignKey(() => CalendarVersion, 'version') calendarVersion!: number;
}
