import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Text, Texts } from './columns.ts';
import { Consultation } from './consultation.ts';

/** A child whom advice was asked about, with what they are searched for by. Append-only. */
@Entity('consultation_child')
@Index('consultation_child_name_idx', { synchronize: false })
@Index('consultation_child_sounds_idx', { synchronize: false })
@Index('consultation_child_key_idx', ['nameKey'], { where: 'name_key IS NOT NULL' })
@Index('consultation_child_date_of_birth_idx', ['dateOfBirth'], { where: 'date_of_birth IS NOT NULL' })
export class ConsultationChild {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Consultation) consultationId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  /** Empty where it is not known; one of the names is. */
  @Text() firstName!: string;
  @Text() lastName!: string;
  @Column({ type: 'date', nullable: true }) dateOfBirth!: string | null;
  /** Folded, as in `person_name`. */
  @Text() name!: string;
  @Texts() sounds!: readonly string[];
  @Text({ nullable: true }) nameKey!: string | null;
}
