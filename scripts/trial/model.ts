import {
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  factsOf,
  localDate,
  suggestRating,
  workingCalendar,
  type CalendarData,
  type Rating,
  type SubmittedReferral,
  type TriagePolicy,
} from '#domain';
import { ModelReferral, type Rules } from './model-referral.ts';

/**
 * What must be so, worked out in memory from what was done: no SQL, nothing of the use cases, only the pure rules of
 * the domain. It knows of no faults, since none may make a difference.
 */
export class Model {
  policy: TriagePolicy = DEFAULT_POLICY;
  calendarData: CalendarData = DEFAULT_CALENDAR;
  versions = { policy: 1, calendar: 1 };
  private calendar = workingCalendar(DEFAULT_CALENDAR);
  readonly referrals: ModelReferral[] = [];

  constructor(public now: Temporal.Instant) {}

  get rules(): Rules {
    return { policy: this.policy, calendar: this.calendar };
  }

  get undecided(): readonly ModelReferral[] {
    return this.referrals.filter(({ status }) => status !== 'decided');
  }

  submitted(reference: string, key: string, referral: SubmittedReferral): ModelReferral {
    const { rating } = suggestRating(this.policy.ratingRules, factsOf(referral), localDate(this.calendar, this.now));
    const made = new ModelReferral(reference, key, this.now, rating, this.rules);
    this.referrals.push(made);
    return made;
  }

  rated(referral: ModelReferral, to: Rating): void {
    referral.rate(to, this.now, this.rules);
  }

  movedTo(now: Temporal.Instant): void {
    this.now = now;
    this.fire();
  }

  /** As {@link movedTo}, with everything decided before any person looks. */
  racedTo(now: Temporal.Instant): void {
    this.now = now;
    for (const referral of this.undecided) referral.race(now);
  }

  published(version: { readonly policy: TriagePolicy } | { readonly calendar: CalendarData }): void {
    if ('policy' in version) {
      this.policy = version.policy;
      this.versions = { ...this.versions, policy: this.versions.policy + 1 };
    } else {
      this.calendarData = version.calendar;
      this.calendar = workingCalendar(version.calendar);
      this.versions = { ...this.versions, calendar: this.versions.calendar + 1 };
    }
    for (const referral of this.undecided) referral.follow(this.now, this.rules);
    this.fire();
  }

  /** Everything that is due by now has fired. */
  fire(): void {
    for (const referral of this.undecided) referral.fire(this.now);
  }

  /** The instants ahead at which something fires, in order. */
  ahead(): readonly Temporal.Instant[] {
    const all = this.undecided.flatMap((referral) => referral.waiting.map(({ fireAt }) => fireAt.epochMilliseconds));
    return [...new Set(all)]
      .filter((ms) => ms > this.now.epochMilliseconds)
      .sort((a, b) => a - b)
      .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  }
}
