import type { Outcome, SignOffReason, ThresholdLevel } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { PolicyVersion, CalendarVersion } from './policy-version.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What a person decided about a referral, and why. Append-only: superseded, never edited. */
@Entity('decision')
@Unique(['id', 'decidedBy'])
@Index('decision_referral_idx', ['referralId', 'decidedAt'])
export class Decision {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() outcome!: Outcome;
  @Column({ type: 'smallint' }) thresholdLevel!: ThresholdLevel;
  @Text() rationale!: string;
  @Uuid() @ForeignKey(() => StaffMember) decidedBy!: string;
  @Instant() decidedAt!: Temporal.Instant;
  /** Why somebody else has to sign it off; empty when it took effect at once. */
  @Texts() signOffReasons!: readonly SignOffReason[];
}

/** A manager's agreement with a decision, or its return. Append-only; the database keeps the decider from signing. */
@Entity('sign_off')
@Unique(['decisionId'])
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

/** How long a referral took, measured when its decision took effect. Append-only. */
@Entity('response_time')
export class ResponseTime {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
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
