import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Consultation } from './consultation.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What became of advice: the referral that came of it, or why a person expects none. One of each at most. Append-only. */
@Entity('consultation_end')
@Index('consultation_end_referral_idx', ['consultationId'], { unique: true, where: 'referral_id IS NOT NULL' })
@Index('consultation_end_reason_idx', ['consultationId'], { unique: true, where: 'reason IS NOT NULL' })
@Index('consultation_end_of_referral_idx', ['referralId'], { where: 'referral_id IS NOT NULL' })
@Index('consultation_end_consultation_fkey_idx', ['consultationId'])
export class ConsultationEnd {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Consultation) consultationId!: string;
  /** Null where none is expected. */
  @Uuid({ nullable: true }) @ForeignKey(() => Referral) referralId!: string | null;
  /** Why none is expected; null where one came. */
  @Text({ nullable: true }) reason!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) saidBy!: string;
  @Instant() saidAt!: Temporal.Instant;
}
