import { Column, Entity, Index } from 'typeorm';
import { Id, InstantOfKey, Json, Text, Uuid } from './columns.ts';

/**
 * Who did what, when. Written in the transaction of the act itself, readings included. Append-only. Kept in partitions by
 * month, so that its key holds the instant.
 */
@Entity('audit_entry')
@Index('audit_entry_referral_idx', ['referralId', 'at'])
@Index('audit_entry_person_idx', ['actorId', 'act', 'at', 'id'], { where: "actor_kind = 'staff'" })
@Index('audit_entry_act_idx', ['act', 'at', 'id'])
export class AuditEntry {
  @Id() id!: string;
  @InstantOfKey() at!: Temporal.Instant;
  @Text() actorKind!: 'agency' | 'staff' | 'service';
  @Uuid({ nullable: true }) actorId!: string | null;
  /** What was done, such as `referral.submitted`. */
  @Text() act!: string;
  @Uuid({ nullable: true }) referralId!: string | null;
  /** Codes, counts and ids; never what people wrote. */
  @Json() details!: Readonly<Record<string, unknown>>;
  @Text({ nullable: true }) requestId!: string | null;
  /** Its place in the chain, which the database gives it: see {@link RecordLane}. */
  @Column({ type: 'smallint' }) lane?: number;
  @Column({ type: 'bigint' }) laneSeq?: number;
  @Column({ type: 'bytea' }) hash?: Buffer;
}
