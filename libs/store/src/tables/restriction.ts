import type { GlassFinding, RestrictionCategory } from '#domain';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Uuid } from './columns.ts';
import { Referral, ReferralChild } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** Only some people may open what it covers. It ends, and is never removed. */
@Entity('restriction')
@Index('restriction_review_idx', ['reviewAt'], { where: 'ended_at IS NULL' })
export class Restriction {
  @Id() id!: string;
  @Text() category!: RestrictionCategory;
  /** In the words of the manager who set it. */
  @Text() reason!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) setBy!: string;
  @Instant() setAt!: Temporal.Instant;
  /** By when a manager says whether it is still needed. */
  @Instant() reviewAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  @Text({ nullable: true }) endReason!: string | null;
}

/** A referral that a restriction covers. Append-only; the database adds those of the same children. */
@Entity('restricted_referral')
@Index('restricted_referral_referral_idx', ['referralId'])
export class RestrictedReferral {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Restriction) restrictionId!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @Instant() coveredAt!: Temporal.Instant;
}

/** A child of a referral whom a restriction is about, wherever that child appears. Append-only. */
@Entity('restricted_child')
@Index('restricted_child_child_idx', ['referralId', 'position'])
@ForeignKey(() => ReferralChild, ['referralId', 'position'], ['referralId', 'position'])
export class RestrictedChild {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Restriction) restrictionId!: string;
  @PrimaryColumn({ type: 'uuid' }) referralId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
}

/** A person may open what a restriction covers until an instant. */
@Entity('restriction_grant')
@Index('restriction_grant_restriction_idx', ['restrictionId', 'staffId'])
@Index('restriction_grant_opening_fkey_idx', ['openingId'], { where: 'opening_id IS NOT NULL' })
export class RestrictionGrant {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Restriction) restrictionId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) staffId!: string;
  /** The manager who named them; they themselves where they broke the glass. */
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) givenBy!: string;
  @Instant() givenAt!: Temporal.Instant;
  @Instant() until!: Temporal.Instant;
  /** The breaking of the glass that it comes from; null where a manager named them. */
  @Uuid({ nullable: true }) @ForeignKey('glass_broken') openingId!: string | null;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
}

/** A person who must not open it, by breaking the glass neither: they are, or know, one of the people. */
@Entity('restriction_bar')
@Index('restriction_bar_one_idx', ['restrictionId', 'staffId'], { unique: true, where: 'ended_at IS NULL' })
@Index('restriction_bar_restriction_fkey_idx', ['restrictionId'])
export class RestrictionBar {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Restriction) restrictionId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) staffId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) saidBy!: string;
  @Instant() saidAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) endedBy!: string | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
}

/** A person opened a restricted record without being named, and said why. Append-only. */
@Entity('glass_broken')
@Index('glass_broken_at_idx', ['brokenAt'])
@Index('glass_broken_referral_fkey_idx', ['referralId'])
export class GlassBroken {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) brokenBy!: string;
  @Instant() brokenAt!: Temporal.Instant;
  @Instant() until!: Temporal.Instant;
  /** In their own words. */
  @Text() reason!: string;
}

/** Another person looked afterwards at why the glass was broken. Append-only. */
@Entity('glass_review')
export class GlassReview {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => GlassBroken) glassId!: string;
  @Text() finding!: GlassFinding;
  @Text() words!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) reviewedBy!: string;
  @Instant() reviewedAt!: Temporal.Instant;
}
