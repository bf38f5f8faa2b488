import type { AnswerKind, Handling, Power } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, InstantOrNull, Text, Uuid, YesNo } from './columns.ts';
import { Decision } from './decision.ts';
import { Referral, ReferralChild } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** The hub asks an agency what it knows of some children of a referral. It may be withdrawn, and is never removed. */
@Entity('information_request')
@Index('information_request_referral_idx', ['referralId', 'askedAt'])
@Index('information_request_agency_idx', ['agencyId', 'askedAt'])
export class InformationRequest {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  @Text() whatFor!: string;
  @Text() whyNow!: string;
  @Text() power!: Power;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) askedBy!: string;
  @Instant() askedAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) withdrawnBy!: string | null;
  @InstantOrNull() withdrawnAt!: Temporal.Instant | null;
  @Text({ nullable: true }) withdrawnBecause!: string | null;
}

/** A child that a request is about. */
@Entity('information_request_child')
@Index('information_request_child_child_fkey_idx', ['referralId', 'position'])
@ForeignKey(() => ReferralChild, ['referralId', 'position'], ['referralId', 'position'])
export class InformationRequestChild {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => InformationRequest) requestId!: string;
  @Uuid() referralId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
}

/** The hub reminded the agency of a request. */
@Entity('information_chase')
@Index('information_chase_request_idx', ['requestId', 'chasedAt'])
export class InformationChase {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => InformationRequest) requestId!: string;
  @Text() note!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) chasedBy!: string;
  @Instant() chasedAt!: Temporal.Instant;
}

/** What an agency answered. The first answer ends the clock, a later one adds to it. */
@Entity('information_answer')
@Index('information_answer_request_idx', ['requestId', 'answeredAt'])
@Index('information_answer_came_after_fkey_idx', ['cameAfter'], { where: 'came_after IS NOT NULL' })
export class InformationAnswer {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => InformationRequest) requestId!: string;
  @Text() kind!: AnswerKind;
  @Text({ nullable: true }) leadWorker!: string | null;
  @Column({ type: 'date', nullable: true }) lastContactOn!: string | null;
  /** What is known, or why it is refused; may be empty where nothing is known. */
  @Text() words!: string;
  @Text() handling!: Handling;
  /** The person who answered in the console, or wrote down what the agency said; null where it came by the API. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) answeredBy!: string | null;
  /** Who at the agency said it, where a person of the hub wrote it down. */
  @Text({ nullable: true }) saidBy!: string | null;
  @Instant() answeredAt!: Temporal.Instant;
  @YesNo() isLate!: boolean;
  /** The decision in force that was made without it; null where it came before one. */
  @Uuid({ nullable: true }) @ForeignKey(() => Decision) cameAfter!: string | null;
}

/** A person has read an answer that came after the decision, and says what follows from it. */
@Entity('late_answer_reading')
export class LateAnswerReading {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => InformationAnswer) answerId!: string;
  @Text() note!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) readBy!: string;
  @Instant() readAt!: Temporal.Instant;
}

/** An answer that a decision was made without. */
@Entity('decided_without')
@Index('decided_without_request_idx', ['requestId'])
export class DecidedWithout {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Decision) decisionId!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => InformationRequest) requestId!: string;
}
