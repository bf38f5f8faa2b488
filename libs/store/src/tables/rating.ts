import type { MatchedRule, Rating } from '#domain';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Json, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** A rating suggested by the rules or given by a person. Append-only. */
@Entity('rating')
@Index('rating_referral_idx', ['referralId', 'at'])
export class RecordedRating {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() rating!: Rating;
  /** The rating before; null for the suggestion. */
  @Text({ nullable: true }) previous!: Rating | null;
  /** Every rule that matched, for the suggestion; null for a rating given by a person. */
  @Json({ nullable: true }) matched!: readonly MatchedRule[] | null;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) givenBy!: string | null;
  @Text({ nullable: true }) reason!: string | null;
  @Instant() at!: Temporal.Instant;
}
