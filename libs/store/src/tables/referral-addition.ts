import type { AddedKind } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Decision } from './decision.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** What an agency adds to a referral of its own after it was sent: kept beside, what was submitted stays as it was. */
@Entity('referral_addition')
@Unique(['agencyId', 'key'])
@Index('referral_addition_referral_idx', ['referralId', 'addedAt'])
@Index('referral_addition_came_after_idx', ['cameAfter'], { where: 'came_after IS NOT NULL' })
export class ReferralAddition {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  @Text() kind!: AddedKind;
  /** What is new, what a correction is about, or why the agency withdraws, or what a file shows; may be empty with a correction or a file. */
  @Text() words!: string;
  /** Who at the agency says it. */
  @Text() saidBy!: string;
  /** Of a correction: the place in what was submitted, as an RFC 6901 pointer. */
  @Text({ nullable: true }) pointer!: string | null;
  /** Of a correction: what is right there. */
  @Text({ nullable: true }) rightValue!: string | null;
  @Instant() addedAt!: Temporal.Instant;
  /** The decision in force that was made without it; null where it came before one. */
  @Uuid({ nullable: true }) @ForeignKey(() => Decision) cameAfter!: string | null;
  /** The agency's idempotency key, and the SHA-256 of what it sent under it. */
  @Text() key!: string;
  @Column({ type: 'bytea' }) fingerprint!: Buffer;
}

/** A person has read an addition that came after the decision, and says what follows from it. */
@Entity('addition_reading')
export class AdditionReading {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => ReferralAddition) additionId!: string;
  @Text() note!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) readBy!: string;
  @Instant() readAt!: Temporal.Instant;
}
