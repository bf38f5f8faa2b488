import { Column, Entity, ForeignKey, Index } from 'typeorm';
import type { CaseResult } from '#domain';
import { Id, Instant, Text, Uuid, Whole } from './columns.ts';
import { ReferralChild } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What the council's case system says of a child of a referral, when a person looked there. Append-only: the latest holds. */
@Entity('case_check')
@Index('case_check_child_idx', ['referralId', 'position', 'madeVersion'])
@ForeignKey(() => ReferralChild, ['referralId', 'position'], ['referralId', 'position'])
export class CaseCheck {
  @Id() id!: string;
  @Uuid() referralId!: string;
  @Column({ type: 'smallint' }) position!: number;
  @Text() result!: CaseResult;
  /** The child's number there; null where it is not known there, or was not noted. */
  @Text({ nullable: true }) caseNumber!: string | null;
  /** The allocated worker. */
  @Text({ nullable: true }) worker!: string | null;
  @Text({ nullable: true }) team!: string | null;
  /** Why it could not be checked; null where it was. */
  @Text({ nullable: true }) reason!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) checkedBy!: string;
  @Instant() checkedAt!: Temporal.Instant;
  /** The version that the referral has by it: the largest is the latest. */
  @Whole() madeVersion!: number;
}
