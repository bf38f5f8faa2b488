import type { AlertGroup, Rating } from '#domain';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { CalendarVersion, PolicyVersion } from './policy-version.ts';
import { Referral } from './referral.ts';

/** An instant by which something must have happened to a referral. Superseded by a re-rating, never moved. */
@Entity('deadline')
@Index('deadline_one_open_idx', ['referralId', 'kind'], { unique: true, where: "state = 'open'" })
@Unique(['referralId', 'kind', 'generation'])
export class Deadline {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Text() kind!: 'decision' | 'claim';
  /** 1 for the first, one more for each re-rating. */
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
@Index('deadline_step_due_idx', ['at'], { where: "state = 'waiting'" })
export class DeadlineStep {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Deadline) deadlineId!: string;
  @Whole() position!: number;
  @Whole() repetition!: number;
  @Instant() at!: Temporal.Instant;
  @YesNo() onlyIfUnclaimed!: boolean;
  @Texts() tell!: readonly AlertGroup[];
  /** `not_needed`: its condition did not hold; `passed_over`: a more senior step was due as well. */
  @Text() state!: 'waiting' | 'fired' | 'not_needed' | 'passed_over';
}
