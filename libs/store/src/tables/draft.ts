import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** What a person is typing, sealed. The only table but the sessions' whose rows come and go. */
@Entity('draft')
@Unique(['ownerId', 'kind', 'subject'])
@Index('draft_expires_idx', ['expiresAt'])
export class Draft {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember) ownerId!: string;
  @Text() kind!: string;
  @Text() subject!: string;
  @Column({ type: 'bytea' }) sealed!: Buffer;
  /** The window in which it was typed; null where the form was sent. */
  @Uuid({ nullable: true }) savedIn!: string | null;
  @Instant() savedAt!: Temporal.Instant;
  @Instant() expiresAt!: Temporal.Instant;
}
