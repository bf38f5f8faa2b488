import {
  after,
  armFollowUp,
  followUpSpan,
  nextFollowUpRepeat,
  passedOver,
  type Addressee,
  type ArmedStep,
  type FollowUp,
  type Rating,
} from '#domain';
import type { Expected, Rules } from './model-referral.ts';

/** When it is due, under these rules and a rating. */
export type DueOf = (rules: Rules, rating: Rating, startedAt: Temporal.Instant) => Temporal.Instant;

/** Which follow-up it is: its kind, and the subject of its deadline. */
export interface FollowUpName {
  readonly kind: FollowUp;
  readonly subject: string;
}

const isDue = (at: Temporal.Instant, now: Temporal.Instant) => Temporal.Instant.compare(at, now) <= 0;

/** A thing that must follow, as its clock and its alerts must be. */
export class ModelFollowUp {
  isOpen = true;
  readonly alerts: Expected[] = [];
  /** May exist as well: they came due at the moment at which it ended. */
  readonly possible: Expected[] = [];
  private generation = 0;
  private waiting: readonly ArmedStep<Addressee>[] = [];
  private rules!: Rules;
  private rating!: Rating;
  private dueAt!: Temporal.Instant;

  /** @param isToldAtOnce whether there are people who can be told at the beginning */
  constructor(
    readonly name: FollowUpName,
    private readonly startedAt: Temporal.Instant,
    rating: Rating,
    rules: Rules,
    isToldAtOnce: boolean,
    private readonly dueOf: DueOf = bySpan(name.kind),
  ) {
    this.arm(rating, startedAt, rules, isToldAtOnce);
    this.fire(startedAt);
  }

  /** The instants at which something fires, in no order. */
  get ahead(): readonly Temporal.Instant[] {
    return this.isOpen ? this.waiting.map(({ at }) => at) : [];
  }

  /** The referral is rated otherwise: counted anew, from the beginning. People who have less time than they knew are told. */
  rate(rating: Rating, now: Temporal.Instant, rules: Rules): void {
    if (!this.isOpen) return;
    const dueAt = this.dueOf(rules, rating, this.startedAt);
    const isSooner = Temporal.Instant.compare(dueAt, this.dueAt) < 0;
    const isUntold = this.waiting.some(({ at, repetition }) => repetition === 0 && !isDue(this.dueAt, at));
    this.arm(rating, now, rules, isSooner || isUntold);
    this.fire(now);
  }

  end(): void {
    this.isOpen = false;
  }

  fire(now: Temporal.Instant): void {
    if (!this.isOpen) return;
    const due = this.waiting.filter(({ at }) => isDue(at, now));
    const next = due.flatMap((step) => nextFollowUpRepeat(this.rules.calendar, this.rating, step, now) ?? []);
    this.waiting = [...this.waiting.filter((step) => !due.includes(step)), ...next];
    this.alerts.push(...due.map((step) => this.alertOf(step, now)));
  }

  /** What is due now and what ends it happen at the same moment: either may be first. */
  race(now: Temporal.Instant): void {
    if (!this.isOpen) return;
    this.possible.push(...this.waiting.filter(({ at }) => isDue(at, now)).map((step) => this.alertOf(step, now)));
  }

  private alertOf({ position, repetition, at: stepAt }: ArmedStep<Addressee>, firedAt: Temporal.Instant): Expected {
    return { generation: this.generation, position, repetition, stepAt, firedAt };
  }

  private arm(rating: Rating, now: Temporal.Instant, rules: Rules, isToldAtOnce: boolean): void {
    const { calendar } = rules;
    const dueAt = this.dueOf(rules, rating, this.startedAt);
    const times = { rating, startedAt: this.startedAt, dueAt };
    const { steps } = armFollowUp(calendar, this.name.kind, times, isToldAtOnce);
    const skipped = passedOver(steps, now, false);
    this.waiting = steps.filter((step) => !skipped.includes(step));
    this.generation++;
    Object.assign(this, { rules, rating, dueAt });
  }
}

/** Due after the time that the policy gives to its kind. */
function bySpan(kind: FollowUp): DueOf {
  return ({ policy, calendar }, rating, startedAt) => after(calendar, startedAt, followUpSpan(policy, kind, rating));
}
