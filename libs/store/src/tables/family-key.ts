import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Text } from './columns.ts';
import { Referral } from './referral.ts';

/**
 * What a referral says of a person by which others of the family are found in other referrals: the address, its property
 * number, the name and date of birth of an adult, or an adult's telephone number. Filled by the database.
 */
@Entity('family_key')
@Index('family_key_key_idx', ['key', 'sort'])
export class FamilyKey {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'text' }) kind!: 'child' | 'adult';
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  @PrimaryColumn({ type: 'text' }) sort!: 'home' | 'uprn' | 'adult' | 'phone';
  @Text() key!: string;
}
