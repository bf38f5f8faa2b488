import {
  armSteps,
  dueTimes,
  dueTimesUnder,
  isMoreUrgent,
  nextRepeat,
  pausedUntil,
  type ArmedStep,
  type Outcome,
  type Rating,
  type TriagePolicy,
  type WorkingCalendar,
} from '#domain';

/** What holds at a moment. */
export interface Rules {
  readonly policy: TriagePolicy;
  readonly calendar: WorkingCalendar;
}

/** An alert that must exist. */
export interface Expected {
  readonly generation: number;
  readonly position: number;
  readonly repetition: number;
  readonly stepAt: Temporal.Instant;
  readonly firedAt: Temporal.Instant;
}

interface ModelStep extends ArmedStep {
  readonly fireAt: Temporal.Instant;
}

/** The chain of one deadline, under the rules that armed it. */
interface Chain {
  readonly rules: Rules;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  waiting: ModelStep[];
  /** Came due while a person held the referral. */
  unneeded: ModelStep[];
  pausedUntil: Temporal.Instant | null;
  hasAlerted: boolean;
  unacknowledged: number;
}

const isDue = (at: Temporal.Instant, now: Temporal.Instant) => Temporal.Instant.compare(at, now) <= 0;
const later = (a: Temporal.Instant, b: Temporal.Instant | null) => (b === null || isDue(b, a) ? a : b);

/** One referral as it must be. */
export class ModelReferral {
  status: 'awaiting_decision' | 'awaiting_sign_off' | 'decided' = 'awaiting_decision';
  isClaimed = false;
  /** Of the latest decision; null before one. */
  outcome: Outcome | null = null;
  decidedAt: Temporal.Instant | null = null;
  readonly alerts: Expected[] = [];
  /** May exist as well: they came due at the moment at which it was decided. */
  readonly possible: Expected[] = [];
  private readonly ratings: [Rating, ...Rating[]];
  private generation = 0;
  private chain: Chain;

  constructor(
    readonly reference: string,
    readonly key: string,
    readonly receivedAt: Temporal.Instant,
    rating: Rating,
    rules: Rules,
  ) {
    this.ratings = [rating];
    const { decisionDueAt } = dueTimes(rules.policy, rules.calendar, rating, receivedAt);
    this.chain = this.arm(rules, decisionDueAt, receivedAt);
  }

  get rating(): Rating {
    return this.ratings.at(-1)!;
  }

  get dueAt(): Temporal.Instant {
    return this.chain.dueAt;
  }

  get waiting(): readonly ModelStep[] {
    return this.chain.waiting;
  }

  get canBeAcknowledged(): boolean {
    return this.status !== 'decided' && this.chain.unacknowledged > 0;
  }

  rate(to: Rating, now: Temporal.Instant, rules: Rules): void {
    const from = this.rating;
    if (to === from) return;
    this.ratings.push(to);
    const due = dueTimes(rules.policy, rules.calendar, to, this.receivedAt).decisionDueAt;
    // A more urgent rating never buys time.
    const keepsOld = isMoreUrgent(to, from) && isDue(this.dueAt, due);
    this.chain = this.arm(rules, keepsOld ? this.dueAt : due, now);
    this.fire(now);
  }

  /** Other rules hold: a chain that has told no person yet follows them. */
  follow(now: Temporal.Instant, rules: Rules): void {
    if (this.chain.hasAlerted) return;
    const { decisionDueAt } = dueTimesUnder(rules.policy, rules.calendar, this.ratings, this.receivedAt);
    this.chain = this.arm(rules, decisionDueAt, now);
  }

  claimed(): void {
    this.isClaimed = true;
  }

  /** What was not needed while a person held it is needed again. An acknowledgement goes on holding it back. */
  givenBack(now: Temporal.Instant): void {
    this.isClaimed = false;
    const { unneeded, pausedUntil: until } = this.chain;
    this.chain.waiting.push(...unneeded.map((step) => ({ ...step, fireAt: later(step.at, until) })));
    this.chain.unneeded = [];
    this.fire(now);
  }

  acknowledged(now: Temporal.Instant): void {
    const { chain } = this;
    const until = pausedUntil(chain.rules.policy, chain.rules.calendar, chain.rating, now);
    chain.pausedUntil = until;
    chain.unacknowledged = 0;
    chain.waiting = chain.waiting.map((step) => ({ ...step, fireAt: later(step.at, until) }));
  }

  fire(now: Temporal.Instant): void {
    const { chain } = this;
    const due = chain.waiting.filter(({ fireAt }) => isDue(fireAt, now));
    chain.waiting = chain.waiting.filter((step) => !due.includes(step));
    for (const step of due) {
      if (step.onlyIfUnclaimed && this.isClaimed) {
        chain.unneeded.push(step);
        continue;
      }
      const { position, repetition, at: stepAt } = step;
      this.alerts.push({ generation: this.generation, position, repetition, stepAt, firedAt: now });
      chain.hasAlerted = true;
      chain.unacknowledged++;
      if (repetition === 0) continue;
      const next = nextRepeat(chain.rules.policy, chain.rules.calendar, chain.rating, step, now);
      if (next !== null) chain.waiting.push({ ...next, fireAt: next.at });
    }
  }

  /** What is due now and what ends it happen at the same moment: either may be first. */
  race(now: Temporal.Instant): void {
    for (const { position, repetition, at: stepAt, fireAt } of this.chain.waiting) {
      if (!isDue(fireAt, now)) continue;
      this.possible.push({ generation: this.generation, position, repetition, stepAt, firedAt: now });
    }
  }

  private arm(rules: Rules, dueAt: Temporal.Instant, now: Temporal.Instant): Chain {
    this.generation++;
    const { rating, receivedAt } = this;
    const steps = armSteps(rules.policy, rules.calendar, rating, { receivedAt, dueAt });
    const past = steps.filter(({ at }) => isDue(at, now));
    // Of those already past only the most senior is told.
    const waiting = steps.filter(
      (step) => !past.includes(step) || past.every((other) => other.position <= step.position),
    );
    return {
      rules,
      rating,
      dueAt,
      waiting: waiting.map((step) => ({ ...step, fireAt: step.at })),
      unneeded: [],
      pausedUntil: null,
      hasAlerted: false,
      unacknowledged: 0,
    };
  }
}
