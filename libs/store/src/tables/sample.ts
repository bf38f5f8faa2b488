import type { DrawnFor, Outcome, SampleCriterion, SampleGrade, ThresholdLevel } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { Decision } from './decision.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

const RESTRICT = { onDelete: 'RESTRICT' } as const;

/** The dip sample of a month, with all that it takes to draw it again. Append-only. */
@Entity('sample')
@Unique(['month'])
export class Sample {
  @Id() id!: string;
  /** The first day of the month, a local date. */
  @Column({ type: 'date' }) month!: string;
  @Text() seed!: string;
  /** How many decisions it was drawn from. */
  @Whole() population!: number;
  @Whole() perStratum!: number;
  @Whole() perDecider!: number;
  @Instant() drawnAt!: Temporal.Instant;
  /** By when each item is to be read. */
  @Instant() dueAt!: Temporal.Instant;
}

/** A decision that was drawn. Append-only. */
@Entity('sample_item')
@Unique(['sampleId', 'position'])
@Unique(['sampleId', 'referralId'])
@Unique(['id', 'decidedBy'])
@Index('sample_item_referral_idx', ['referralId'])
@Index('sample_item_decision_fkey_idx', ['decisionId'])
@ForeignKey(() => Decision, ['decisionId', 'decidedBy'], ['id', 'decidedBy'], RESTRICT)
export class SampleItem {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Sample, RESTRICT) sampleId!: string;
  /** From 1, in the order of the draw. */
  @Whole() position!: number;
  @Uuid() @ForeignKey(() => Referral, RESTRICT) referralId!: string;
  @Uuid() decisionId!: string;
  @Uuid() decidedBy!: string;
  @Texts() drawnFor!: readonly DrawnFor[];
}

/** The level and the outcome that a reader gives before the decision shows. Append-only. */
@Entity('sample_blind_reading')
@Unique(['itemId', 'readerId'])
@Unique(['id', 'itemId', 'readerId'])
@ForeignKey(() => SampleItem, ['itemId', 'decidedBy'], ['id', 'decidedBy'], RESTRICT)
export class SampleBlindReading {
  @Id() id!: string;
  @Uuid() itemId!: string;
  @Uuid() decidedBy!: string;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) readerId!: string;
  @Column({ type: 'smallint' }) thresholdLevel!: ThresholdLevel;
  @Text() outcome!: Outcome;
  /** The reader had opened the referral after it was decided: the reading does not count in the agreement. */
  @YesNo() hadOpened!: boolean;
  @Instant() readAt!: Temporal.Instant;
}

/** How good a decision was, by a person who has read it blind. Append-only: one for each item. */
@Entity('sample_grade')
@Index('sample_grade_reading_fkey_idx', ['readingId'])
@Unique(['itemId'])
@ForeignKey(() => SampleBlindReading, ['readingId', 'itemId', 'gradedBy'], ['id', 'itemId', 'readerId'], RESTRICT)
export class RecordedSampleGrade {
  @Id() id!: string;
  @Uuid() itemId!: string;
  @Uuid() readingId!: string;
  @Uuid() gradedBy!: string;
  @Text() grade!: SampleGrade;
  @Text() words!: string;
  /** Why the decision may leave a child unsafe; null where it does not. */
  @Text({ nullable: true }) unsafeReason!: string | null;
  @YesNo() hasReopened!: boolean;
  @Instant() gradedAt!: Temporal.Instant;
}

/** The grade of one of the eight criteria. Append-only. */
@Entity('sample_criterion')
export class RecordedSampleCriterion {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => RecordedSampleGrade, RESTRICT) gradeId!: string;
  @PrimaryColumn({ type: 'text' }) criterion!: SampleCriterion;
  @Text() grade!: SampleGrade;
}
