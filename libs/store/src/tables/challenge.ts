import type { ChallengeAspect } from '#domain';
import { Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** A senior manager questions pace or quality of one referral. Append-only: its answers and replies say how it stands. */
@Entity('challenge')
@Unique(['id', 'madeBy'])
@Index('challenge_referral_idx', ['referralId', 'madeAt'])
export class Challenge {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral, { onDelete: 'RESTRICT' }) referralId!: string;
  @Text() aspect!: ChallengeAspect;
  @Text() question!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) madeBy!: string;
  @Instant() madeAt!: Temporal.Instant;
  @Instant() dueAt!: Temporal.Instant;
}

/** A manager's answer to a challenge. Append-only; the database keeps the person who made the challenge from answering. */
@Entity('challenge_answer')
@Index('challenge_answer_challenge_idx', ['challengeId', 'answeredAt'])
@ForeignKey(() => Challenge, ['challengeId', 'madeBy'], ['id', 'madeBy'], { onDelete: 'RESTRICT' })
export class ChallengeAnswer {
  @Id() id!: string;
  @Uuid() challengeId!: string;
  /** Who made the challenge. */
  @Uuid() madeBy!: string;
  @Text() answer!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) answeredBy!: string;
  @Instant() answeredAt!: Temporal.Instant;
}

/** The person who made the challenge accepts an answer, which ends it, or returns the answer. Append-only. */
@Entity('challenge_reply')
export class ChallengeReply {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => ChallengeAnswer, { onDelete: 'RESTRICT' }) answerId!: string;
  @Text() result!: 'accepted' | 'returned';
  /** Needed when it is returned. */
  @Text({ nullable: true }) words!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) repliedBy!: string;
  @Instant() repliedAt!: Temporal.Instant;
}
