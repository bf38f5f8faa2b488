import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Json, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** A form of the console that was sent and has done its work. A row is never changed; an old one may be deleted. */
@Entity('sent_form')
@Index('sent_form_sent_idx', ['sentAt'])
export class SentForm {
  /** The form's own id, made when the form was shown. */
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) sentBy!: string;
  /** Which form it is, such as `decision` or `sign-off`. */
  @Text() kind!: string;
  /** SHA-256 of what was typed. Empty where that is not known: the form was sent before migration 0010. */
  @Column({ type: 'bytea' }) fingerprint!: string;
  /** The answer to the first sending; null where this kind of form gets none. */
  @Json({ nullable: true }) answer!: unknown;
  /** The id of the referral or the other thing that the form is about. */
  @Uuid({ nullable: true }) about!: string | null;
  @Instant() sentAt!: Temporal.Instant;
}
