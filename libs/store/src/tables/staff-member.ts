import type { AlertGroup } from '#domain';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, YesNo } from './columns.ts';

/** A person who works in the hub, or at a partner agency, known by the subject that the identity provider gives them, never by e-mail. */
@Entity('staff_member')
@Unique(['subject'])
@Index('staff_member_left_idx', ['leftAt'], { where: 'left_at IS NOT NULL' })
export class StaffMember {
  @Id() id!: string;
  @Text() subject!: string;
  @Text() name!: string;
  @Text() email!: string;
  /** A mobile, for text messages. */
  @Text({ nullable: true }) phone!: string | null;
  /** Since when the address is known not to work. */
  @InstantOrNull() emailFailedAt!: Temporal.Instant | null;
  @InstantOrNull() phoneFailedAt!: Temporal.Instant | null;
  /** What was sent before says nothing of the addresses there are now. */
  @InstantOrNull() contactChangedAt!: Temporal.Instant | null;
  @Text() role!: string;
  /** The agency that a partner works for; null for a person of the hub. */
  @Uuid({ nullable: true }) @ForeignKey(() => Agency) agencyId!: string | null;
  /** Of full hours, from 1 to 100. */
  @Column({ type: 'smallint', default: 100 }) hoursPercent!: number;
  @Texts() alertGroups!: readonly AlertGroup[];
  @YesNo({ default: true }) isActive!: boolean;
  /** Null while they work here. The database says it, when `isActive` changes. */
  @InstantOrNull() leftAt!: Temporal.Instant | null;
  /** By the identity provider's word, and not by an administrator. */
  @YesNo({ default: false }) addedByProvider!: boolean;
  @YesNo({ default: false }) leftByProvider!: boolean;
  @Instant() createdAt!: Temporal.Instant;
}
