import type { ShiftChange } from '#domain';
import { Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** The open reds pass from the hub to the emergency duty team at closing, or back at opening. */
@Entity('handover')
@Unique(['passesTo', 'at'])
export class Handover {
  @Id() id!: string;
  @Text() passesTo!: ShiftChange['to'];
  @Instant() at!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) acceptedBy!: string | null;
  @InstantOrNull() acceptedAt!: Temporal.Instant | null;
}

/** A referral that was red and open at the change. Append-only. */
@Entity('handover_referral')
@Index('handover_referral_referral_fkey_idx', ['referralId'])
export class HandoverReferral {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Handover) handoverId!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
}

/** What the next team must know. Append-only. */
@Entity('handover_note')
@Index('handover_note_handover_idx', ['handoverId'])
@Index('handover_note_referral_idx', ['referralId'], { where: 'referral_id IS NOT NULL' })
export class HandoverNote {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Handover) handoverId!: string;
  /** The referral that the note is about; a note about none names no child. */
  @Uuid({ nullable: true }) @ForeignKey(() => Referral) referralId!: string | null;
  @Uuid() @ForeignKey(() => StaffMember) writtenBy!: string;
  @Instant() writtenAt!: Temporal.Instant;
  @Text() note!: string;
}
