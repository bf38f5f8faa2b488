import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** Why an auditor opened a referral. Append-only. */
@Entity('audit_opening')
@Index('audit_opening_open_idx', ['referralId', 'openedBy', 'openedAt'])
export class AuditOpening {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => StaffMember) openedBy!: string;
  @Instant() openedAt!: Temporal.Instant;
  /** In the auditor's own words. */
  @Text() reason!: string;
}
