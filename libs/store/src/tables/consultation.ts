import { Entity, ForeignKey, Index } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** Advice that was asked for and given without a referral. Append-only. */
@Entity('consultation')
@Index('consultation_given_idx', ['givenAt'])
export class Consultation {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  @Text() caller!: string;
  @Text() role!: string;
  @Text() question!: string;
  @Text() advice!: string;
  @Text() outcome!: 'referral_advised' | 'early_help_advised' | 'advice_only';
  @Uuid() @ForeignKey(() => StaffMember) givenBy!: string;
  @Instant() givenAt!: Temporal.Instant;
}
