import { Column, Entity, Index } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Whole } from './columns.ts';

/** A piece of background work: the truth of it. BullMQ only carries its id about. */
@Entity('job')
@Index('job_to_hand_over_idx', ['priority', 'runAfter'], { where: 'completed_at IS NULL AND handed_over_at IS NULL' })
@Index('job_handed_over_idx', ['handedOverAt'], { where: 'completed_at IS NULL AND handed_over_at IS NOT NULL' })
@Index('job_referral_idx', { synchronize: false })
export class Job {
  @Id() id!: string;
  @Text() name!: string;
  /** Ids only. */
  @Json() payload!: Readonly<Record<string, string>>;
  /** 1 is the most urgent. */
  @Column({ type: 'smallint' }) priority!: number;
  @Instant() createdAt!: Temporal.Instant;
  /** Not to be run before: later than `createdAt` once it has failed. */
  @Instant() runAfter!: Temporal.Instant;
  /** When it was last given to BullMQ; null when it has to be. */
  @InstantOrNull() handedOverAt!: Temporal.Instant | null;
  /** How often it was given to BullMQ; part of its id there. */
  @Whole({ default: 0 }) handOvers!: number;
  @Whole({ default: 0 }) failures!: number;
  /** The class of the last failure, never its text. */
  @Text({ nullable: true }) lastFailure!: string | null;
  @InstantOrNull() completedAt!: Temporal.Instant | null;
  /** The span of the act that called for it (`traceparent` of W3C); null where none is told. */
  @Text({ nullable: true }) traceParent!: string | null;
}
