import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

const RESTRICT = { onDelete: 'RESTRICT' } as const;

/** Figures, lists and samples of some months in one document. Deleted after a day. */
@Entity('evidence_pack')
export class EvidencePack {
  @Id() id!: string;
  @Text() audience!: 'publication' | 'inspectorate';
  /** The first day of the first month, a local date. */
  @Column({ type: 'date' }) firstMonth!: string;
  /** The first day of the last month, which is included. */
  @Column({ type: 'date' }) lastMonth!: string;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) askedBy!: string;
  @Instant() askedAt!: Temporal.Instant;
  @Instant() asOf!: Temporal.Instant;
  @InstantOrNull() readyAt!: Temporal.Instant | null;
}

/** A part of a pack that is made. */
@Entity('evidence_part')
export class EvidencePart {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => EvidencePack, RESTRICT) packId!: string;
  @PrimaryColumn({ type: 'text' }) name!: string;
  @Json() content!: object;
}
