import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** A saved view of the queue: a person's own, or for all staff where it has no owner. */
@Entity('saved_filter')
@Index('saved_filter_own_name_idx', ['ownerId', 'name'], { unique: true, where: 'owner_id IS NOT NULL' })
@Index('saved_filter_team_name_idx', ['name'], { unique: true, where: 'owner_id IS NULL' })
export class SavedFilter {
  @Id() id!: string;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) ownerId!: string | null;
  @Text() name!: string;
  @Text() query!: string;
  @Uuid() @ForeignKey(() => StaffMember) madeBy!: string;
  @Instant() madeAt!: Temporal.Instant;
}
