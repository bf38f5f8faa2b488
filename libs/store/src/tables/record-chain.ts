import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Whole, YesNo } from './columns.ts';

/** The end of each chain of the record: the last number and hash. The database alone writes it, with each entry. */
@Entity('record_lane')
export class RecordLane {
  /** From 0 to 127. */
  @PrimaryColumn({ type: 'smallint' }) lane!: number;
  @Column({ type: 'bigint' }) seq!: number;
  @Column({ type: 'bytea' }) hash!: Buffer;
}

/** The latest checkpoint of the record: one row. */
@Entity('record_checkpoint')
export class RecordCheckpoint {
  @PrimaryColumn({ type: 'smallint' }) id!: number;
  @Instant() at!: Temporal.Instant;
  /** How many entries it commits to. */
  @Column({ type: 'bigint' }) entries!: number;
  /** As it was signed and written outside of the database. */
  @Text() note!: string;
}

/** A verification of the whole record. Append-only. */
@Entity('record_verification')
@Index('record_verification_at_idx', ['at'])
export class RecordVerification {
  @Id() id!: string;
  @Instant() at!: Temporal.Instant;
  @Column({ type: 'bigint' }) entries!: number;
  @InstantOrNull() lastEntryAt!: Temporal.Instant | null;
  @Whole() checkpoints!: number;
  @InstantOrNull() lastCheckpointAt!: Temporal.Instant | null;
  @YesNo() holds!: boolean;
  /** Kinds, places and ids; the first hundred. */
  @Json() findings!: readonly object[];
}
