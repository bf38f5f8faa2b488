import type { Addressee, FollowUp, OversightDeadline, Rating, Rung, ServiceDeadline } from '#domain';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, InstantOrNull, Json, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { CalendarVersion, PolicyVersion } from './policy-version.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/**
 * An instant by which something must have happened, to a referral or in the service itself. Superseded by a re-rating
 * or by a new version of policy or calendar, never moved.
 */
@Entity('deadline')
@Index('deadline_one_open_subject_idx', ['kind', 'subject'], {
  unique: true,
  where: "state = 'open' AND subject IS NOT NULL",
})
@Index('deadline_open_claim_idx', { synchronize: false })
@Index('deadline_versions_idx', ['policyVersion', 'calendarVersion'], {
  where: "state = 'open' AND referral_id IS NOT NULL",
})
@Index('deadline_third_contact_idx', ['subject'], { where: "kind = 'third_contact'" })
@Index('deadline_canary_idx', ['armedAt'], { where: "kind = 'canary'" })
@Index('deadline_request_idx', ['subject', 'generation'], { where: "kind = 'information_request'" })
@Index('deadline_one_open_idx', ['referralId', 'kind'], { unique: true, where: "state = 'open'" })
@Unique(['referralId', 'kind', 'generation'])
@Index('deadline_subject_idx', { synchronize: false })
export class Deadline {
  @Id() id!: string;
  @Uuid({ nullable: true }) @ForeignKey(() => Referral) referralId!: string | null;
  @Text() kind!: 'decision' | 'claim' | ServiceDeadline | OversightDeadline | FollowUp | 'canary';
  /** What a deadline that is not of a referral's own work is about, in ids and codes. */
  @Text({ nullable: true }) subject!: string | null;
  /** The person whom it waits for; null where that is a group. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) ownerId!: string | null;
  /** The agency whose people it waits for; null where it waits for the hub. */
  @Uuid({ nullable: true }) @ForeignKey(() => Agency) agencyId!: string | null;
  /** 1 for the first, one more for each re-rating and each new version. */
  @Whole() generation!: number;
  @Text() rating!: Rating;
  @Column({ type: 'smallint' }) urgency!: number;
  @Instant() dueAt!: Temporal.Instant;
  @Text() state!: 'open' | 'met' | 'superseded';
  /** When it was met or superseded. Later than `dueAt`: it was breached, and that stays. */
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  /** An acknowledgement keeps further steps back until then. */
  @InstantOrNull() pausedUntil!: Temporal.Instant | null;
  @Instant() armedAt!: Temporal.Instant;
  @Whole() @ForeignKey(() => PolicyVersion, 'version') policyVersion!: number;
  @Whole() @ForeignKey(() => CalendarVersion, 'version') calendarVersion!: number;
}

/** One step of a deadline's chain of alerts, with its instant worked out when it was armed. */
@Entity('deadline_step')
@Unique(['deadlineId', 'position', 'repetition'])
@Index('deadline_step_due_idx', ['urgency', 'fireAt'], { where: "state = 'waiting'" })
export class DeadlineStep {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Deadline) deadlineId!: string;
  @Whole() position!: number;
  @Whole() repetition!: number;
  @Column({ type: 'smallint' }) urgency!: number;
  /** As worked out by the policy; never moved. */
  @Instant() at!: Temporal.Instant;
  /** When it is to be fired: `at`, or the end of the pause that an acknowledgement has made. */
  @Instant() fireAt!: Temporal.Instant;
  @YesNo() onlyIfUnclaimed!: boolean;
  @Texts() tell!: readonly Addressee[];
  @Json() ladder!: readonly Rung[];
  /** `not_needed`: its condition did not hold; `passed_over`: a more senior step was due as well. */
  @Text() state!: 'waiting' | 'fired' | 'not_needed' | 'passed_over';
}
