import type { EventType } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';

/** What happened that an agency may know, as it was numbered for the agency. Kept for 90 days. */
@Entity('agency_event')
@Unique(['agencyId', 'type', 'subjectId'])
@Index('agency_event_referral_idx', ['referralId', 'position'])
export class AgencyEvent {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Agency) agencyId!: string;
  /** One more than that of the event before. A number is given once and in the order of commits. */
  @PrimaryColumn({ type: 'bigint' }) position!: number;
  @Uuid() id!: string;
  @Text() type!: EventType;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  /** What happened once: the referral, how long its decision took, the answer to its referrer, or the request. */
  @Column({ type: 'uuid' }) subjectId!: string;
  @Instant() occurredAt!: Temporal.Instant;
}
