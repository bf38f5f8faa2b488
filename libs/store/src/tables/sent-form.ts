import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Json, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** A form of the console that was sent and has done its work. A row is never changed; an old one may be deleted. */
@Entity('sent_form')
@Index('sent_form_sent_idx', ['sentAt'])
@Index('sent_form_about_idx', ['about'], { where: 'about IS NOT NULL' })
export class SentForm {
  /** The form's own id, made when the form was shown. */
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) sentBy!: string;
  /** Which form it is, such as `decision` or `sign-off`. */
  @Text() kind!: string;
  /** SHA-256 of the answers. Of no bytes where the answers are not known: the form was sent before migration 0010. */
  @Column({ type: 'bytea' }) fingerprint!: Buffer;
  /** What the first sending was answered; null where the kind answers nothing. */
  @Json({ nullable: true }) answer!: object | null;
  /** The id of the referral or the other thing that the form is about. */
  @Uuid({ nullable: true }) about!: string | null;
  @Instant() sentAt!: Temporal.Instant;
}
