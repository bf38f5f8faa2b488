import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Challenge } from './challenge.ts';
import { Id, Instant, Text, Uuid, Whole } from './columns.ts';
import { Referral } from './referral.ts';
import { SampleItem } from './sample.ts';
import { StaffMember } from './staff-member.ts';

const RESTRICT = { onDelete: 'RESTRICT' } as const;

/** A manager's note to a person whom they supervise, about one thing at the most. Append-only. */
@Entity('supervision_note')
@Index('supervision_note_worker_idx', ['workerId', 'writtenAt'])
@Index('supervision_note_challenge_fkey_idx', ['challengeId'], { where: 'challenge_id IS NOT NULL' })
@Index('supervision_note_referral_fkey_idx', ['referralId'], { where: 'referral_id IS NOT NULL' })
@Index('supervision_note_sample_item_fkey_idx', ['sampleItemId'], { where: 'sample_item_id IS NOT NULL' })
export class SupervisionNote {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) workerId!: string;
  @Text() words!: string;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) writtenBy!: string;
  @Instant() writtenAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => Referral, RESTRICT) referralId!: string | null;
  @Uuid({ nullable: true }) @ForeignKey(() => Challenge, RESTRICT) challengeId!: string | null;
  @Uuid({ nullable: true }) @ForeignKey(() => SampleItem, RESTRICT) sampleItemId!: string | null;
}

/** What one person is to do by a day. Append-only. */
@Entity('supervision_action')
@Unique(['noteId', 'position'])
@Index('supervision_action_owner_idx', ['ownerId'])
export class SupervisionAction {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => SupervisionNote, RESTRICT) noteId!: string;
  /** From 1, in the order of the note. */
  @Whole() position!: number;
  @Text() words!: string;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) ownerId!: string;
  /** The last day for it, a local date. */
  @Column({ type: 'date' }) dueOn!: string;
  /** When that day ends. */
  @Instant() dueAt!: Temporal.Instant;
}

/** An action that was done. Append-only. */
@Entity('supervision_action_done')
export class SupervisionActionDone {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => SupervisionAction, RESTRICT) actionId!: string;
  @Text({ nullable: true }) words!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, RESTRICT) doneBy!: string;
  @Instant() doneAt!: Temporal.Instant;
}
