import {
  DEFAULT_CALENDAR,
  DEFAULT_POLICY,
  factsOf,
  localDate,
  suggestRating,
  workingCalendar,
  type CalendarData,
  type Outcome,
  type Rating,
  type SubmittedReferral,
  type TriagePolicy,
} from '#domain';
import { ModelAfterDeciding } from './model-after-deciding.ts';
import { ModelChildren } from './model-children.ts';
import { ModelFollowUp, type FollowUpName } from './model-follow-up.ts';
import { ModelReferral, type Rules } from './model-referral.ts';

/** A request to an agency, with its clock. */
export interface ModelRequest {
  readonly id: string;
  readonly referral: ModelReferral;
  readonly clock: ModelFollowUp;
  isSettled: boolean;
}

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
  readonly requests: ModelRequest[] = [];
  /** Everything that must follow an act. */
  readonly followUps: ModelFollowUp[] = [];
  readonly children = new ModelChildren();
  readonly after = new ModelAfterDeciding(this.followUps);

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
    this.after.submitted(reference, referral);
    this.children.submitted(reference, referral);
    return made;
  }

  /** A trial begins: what was before it does not count. */
  begin(): void {
    this.referrals.length = 0;
    this.requests.length = 0;
    this.followUps.length = 0;
    this.after.begin();
    this.children.begin();
  }

  rated(referral: ModelReferral, to: Rating): void {
    const hasChanged = referral.rating !== to;
    referral.rate(to, this.now, this.rules);
    if (!hasChanged) return;
    for (const { clock } of this.requestsOf(referral)) clock.rate(to, this.now, this.rules);
  }

  asked(referral: ModelReferral, id: string): void {
    const name = { kind: 'information_request', subject: `${referral.reference} ${id}` } as const;
    const clock = new ModelFollowUp(name, this.now, referral.rating, this.rules, true);
    this.requests.push({ id, referral, clock, isSettled: false });
    this.followUps.push(clock);
  }

  /** @param answerId of the answer that ended it */
  answered(request: ModelRequest, answerId: string): void {
    const { referral, clock } = request;
    request.isSettled = true;
    clock.end();
    if (referral.status === 'awaiting_decision') return;
    const name = { kind: 'late_answer', subject: `${referral.reference} ${answerId}` } as const;
    this.followUps.push(new ModelFollowUp(name, this.now, referral.rating, this.rules, true));
  }

  withdrawn(request: ModelRequest): void {
    request.isSettled = true;
    request.clock.end();
  }

  /** A decision took effect: what agencies have not answered is not waited for. @param made the deadlines that it made */
  decided(referral: ModelReferral, outcome: Outcome, made: readonly FollowUpName[]): void {
    for (const { clock } of this.requestsOf(referral)) clock.end();
    this.after.decided(referral, outcome, made, this.now, this.rules);
  }

  requestsOf(referral: ModelReferral): readonly ModelRequest[] {
    return this.requests.filter((request) => request.referral === referral);
  }

  movedTo(now: Temporal.Instant): void {
    this.now = now;
    this.fire();
  }

  /** As {@link movedTo}, with everything decided before any person looks. */
  racedTo(now: Temporal.Instant): void {
    this.now = now;
    for (const referral of this.undecided) referral.race(now);
    for (const followUp of this.followUps) followUp.race(now);
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
    for (const followUp of this.followUps) followUp.fire(this.now);
  }

  /** The instants ahead at which something fires, in order. */
  ahead(): readonly Temporal.Instant[] {
    const all = [
      ...this.undecided.flatMap((referral) => referral.waiting.map(({ fireAt }) => fireAt)),
      ...this.followUps.flatMap(({ ahead }) => ahead),
    ].map(({ epochMilliseconds }) => epochMilliseconds);
    return [...new Set(all)]
      .filter((ms) => ms > this.now.epochMilliseconds)
      .sort((a, b) => a - b)
      .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
  }
}
