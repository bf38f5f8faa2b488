import type { ChildStanding, ConcernType, Outcome, Rating, SignOffReason, ThresholdLevel } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { CalendarVersion, PolicyVersion } from './policy-version.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** How a referral stands after the latest act in it, as figures count it: see `Standing` of the domain. */
@Entity('referral_fact')
@Index('referral_fact_received_idx', ['receivedAt'])
@Index('referral_fact_changed_idx', ['changedAt'])
@Index('referral_fact_effective_idx', ['effectiveAt'])
@Index('referral_fact_open_idx', ['receivedAt'], { where: 'effective_at IS NULL' })
export class ReferralFact {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @Text() reference!: string;
  @Instant() receivedAt!: Temporal.Instant;
  @Text() channel!: string;
  @Uuid() agencyId!: string;
  @Text({ nullable: true }) sourceCode!: string | null;
  @Texts() concernTypes!: readonly ConcernType[];
  @Json() children!: readonly ChildStanding[];
  @Column({ type: 'smallint', nullable: true }) senderLevel!: ThresholdLevel | null;
  @YesNo({ nullable: true }) isVoiceSought!: boolean | null;
  @Text() suggested!: Rating;
  @Texts() suggestedBy!: readonly string[];
  @Text({ nullable: true }) firstGiven!: Rating | null;
  @Text() rating!: Rating;
  @YesNo() wasLowered!: boolean;
  @Instant() dueAt!: Temporal.Instant;
  @Instant() strictestDueAt!: Temporal.Instant;
  @Instant() statutoryDueAt!: Temporal.Instant;
  @InstantOrNull() claimDueAt!: Temporal.Instant | null;
  @InstantOrNull() firstOpenedAt!: Temporal.Instant | null;
  @InstantOrNull() firstClaimedAt!: Temporal.Instant | null;
  @InstantOrNull() firstRatedAt!: Temporal.Instant | null;
  @Uuid({ nullable: true }) decisionId!: string | null;
  @InstantOrNull() decidedAt!: Temporal.Instant | null;
  @Uuid({ nullable: true }) decidedBy!: string | null;
  @Text({ nullable: true }) outcome!: Outcome | null;
  @Column({ type: 'smallint', nullable: true }) thresholdLevel!: ThresholdLevel | null;
  @Text({ nullable: true }) progression!: string | null;
  @Text({ nullable: true }) lateReason!: string | null;
  @Texts() signOffReasons!: readonly SignOffReason[];
  @YesNo({ nullable: true }) hasChildsVoice!: boolean | null;
  @InstantOrNull() signedAt!: Temporal.Instant | null;
  @InstantOrNull() effectiveAt!: Temporal.Instant | null;
  @Whole({ nullable: true }) elapsedMinutes!: number | null;
  @Whole({ nullable: true }) workingMinutes!: number | null;
  @Whole() returned!: number;
  @Whole() takenBack!: number;
  @Whole() earlier!: number;
  @InstantOrNull() cameBackAt!: Temporal.Instant | null;
  @InstantOrNull() cameBackWorseAt!: Temporal.Instant | null;
  @Whole() policyVersion!: number;
  @Whole() calendarVersion!: number;
  @Instant() changedAt!: Temporal.Instant;
}

/** A local day that is closed. Append-only. */
@Entity('day_close')
export class DayClose {
  /** A local date, `YYYY-MM-DD`. */
  @PrimaryColumn({ type: 'date' }) day!: string;
  @Instant() asOf!: Temporal.Instant;
  @Whole() @ForeignKey(() => PolicyVersion, 'version') policyVersion!: number;
  @Whole() @ForeignKey(() => CalendarVersion, 'version') calendarVersion!: number;
  @Whole() received!: number;
  @Whole() decided!: number;
  @Whole({ nullable: true }) openAtOpening!: number | null;
  @Whole() openAtEnd!: number;
  @Whole() overdueAtEnd!: number;
  @Column({ type: 'double precision' }) overdueChildHours!: number;
}

/** Numerator, denominator, not yet due; then median and p90 in elapsed, and in working minutes. */
export type FigureLine = readonly [number, number, number, number | null, number | null, number | null, number | null];

/** How often each number of minutes occurs: ended and waiting, by elapsed and by working time. */
export type StoredMinutes = Readonly<Record<'ended' | 'waiting', Record<'elapsed' | 'working', [number, number][]>>>;

/** A figure of a month's referrals: the latest, and the one that was frozen. */
@Entity('month_figure')
export class MonthFigure {
  /** The first day of the month, `YYYY-MM-DD`. */
  @PrimaryColumn({ type: 'date' }) month!: string;
  @PrimaryColumn({ type: 'text' }) measure!: string;
  @PrimaryColumn({ type: 'text' }) brokenBy!: string;
  @PrimaryColumn({ type: 'boolean' }) isFrozen!: boolean;
  @Instant() asOf!: Temporal.Instant;
  @Whole() policyVersion!: number;
  @Whole() calendarVersion!: number;
  @Json() lines!: Readonly<Record<string, FigureLine>>;
  @Json({ nullable: true }) minutes!: Readonly<Record<string, StoredMinutes>> | null;
}

/** A figure that came out otherwise when it was worked out from the record by another way. */
export interface Difference {
  readonly measure: string;
  readonly month: string;
  readonly group: string;
  readonly shown: readonly (number | null)[];
  readonly recomputed: readonly (number | null)[];
}

/** From a month on, a measure has new limits on its charts, because a person says that something was changed. Append-only. */
@Entity('baseline')
@Index('baseline_begun_idx', ['begunAt'])
export class Baseline {
  @Id() id!: string;
  @Text() measure!: string;
  /** The first day of the month, `YYYY-MM-DD`. */
  @Column({ type: 'date' }) month!: string;
  @Text() reason!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) begunBy!: string;
  @Instant() begunAt!: Temporal.Instant;
}

/** Each night's second reckoning. Append-only. */
@Entity('recomputation')
@Index('recomputation_at_idx', ['at'])
export class Recomputation {
  @Id() id!: string;
  @Instant() at!: Temporal.Instant;
  @Instant() asOf!: Temporal.Instant;
  @Whole() compared!: number;
  @Json() differences!: readonly Difference[];
}
