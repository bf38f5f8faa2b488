import { Column, Entity, ForeignKey, Index } from 'typeorm';
import type { ViewsNotSought, ViewsSought } from '#domain';
import { Id, Instant, Text, Uuid, Whole } from './columns.ts';
import { ReferralChild } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** A child's views since the referral came in: how they were asked for and what they were, or why not. Append-only. */
@Entity('child_views')
@Index('child_views_child_idx', ['referralId', 'position', 'madeVersion'])
@ForeignKey(() => ReferralChild, ['referralId', 'position'], ['referralId', 'position'])
export class ChildViews {
  @Id() id!: string;
  @Uuid() referralId!: string;
  @Column({ type: 'smallint' }) position!: number;
  /** Null where the child was not asked. */
  @Text({ nullable: true }) how!: ViewsSought | null;
  /** Null where the child was asked. */
  @Text({ nullable: true }) whyNot!: ViewsNotSought | null;
  /** What the views were; where the child was not asked, more about why, or null. */
  @Text({ nullable: true }) words!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) recordedBy!: string;
  @Instant() recordedAt!: Temporal.Instant;
  /** The version that the referral has by it: the largest is the latest. */
  @Whole() madeVersion!: number;
}
