import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Text, Texts } from './columns.ts';
import { Referral } from './referral.ts';

/** A child or adult of a referral as they are searched for. Filled by the database from what was submitted. */
@Entity('person_name')
@Index('person_name_name_idx', { synchronize: false })
@Index('person_name_sounds_idx', { synchronize: false })
@Index('person_name_words_idx', { synchronize: false })
@Index('person_name_date_of_birth_idx', ['dateOfBirth'], { where: 'date_of_birth IS NOT NULL' })
@Index('person_name_key_idx', ['nameKey'], { where: 'name_key IS NOT NULL' })
@Index('person_name_postcode_idx', ['postcode'], { where: 'postcode IS NOT NULL' })
export class PersonName {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'text' }) kind!: 'child' | 'adult';
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  /** Folded, other names with it (`foldName`). */
  @Text() name!: string;
  /** How each word of it sounds. */
  @Texts() sounds!: readonly string[];
  @Column({ type: 'date', nullable: true }) dateOfBirth!: string | null;
  @Text({ nullable: true }) postcode!: string | null;
  /** The letters of first and last name, begun where they are smallest (`nameKey`); null without any. */
  @Text({ nullable: true }) nameKey!: string | null;
}

/** A word of names, as it is folded, and the referral that brought it. Filled by the database; more than one may bring it. */
@Entity('name_word')
@Index('name_word_word_idx', { synchronize: false })
@Index('name_word_sounds_idx', { synchronize: false })
@Index('name_word_referral_fkey_idx', ['referralId'])
export class NameWord {
  @PrimaryColumn({ type: 'text' }) word!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral, { onDelete: 'RESTRICT' }) referralId!: string;
  /** How it sounds. */
  @Texts() sounds!: readonly string[];
}

/** What a letter of a name becomes when names are compared (`foldLetter`). A letter that stays has no row. */
@Entity('name_folding')
export class NameFolding {
  @PrimaryColumn({ type: 'text' }) letter!: string;
  @Text() folded!: string;
}
