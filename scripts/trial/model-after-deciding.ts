import {
  after,
  deadlineOfRoute,
  discussionDueAt,
  followUpSpan,
  isInjuryOrSexualHarm,
  needsDiscussion,
  ROUTES,
  routeSpan,
  type Outcome,
  type RouteRule,
  type SubmittedReferral,
} from '#domain';
import { ModelFollowUp, type DueOf, type FollowUpName } from './model-follow-up.ts';
import type { ModelReferral, Rules } from './model-referral.ts';

/** A strategy discussion that a decision began. */
export interface ModelDiscussion {
  readonly referral: ModelReferral;
  readonly clock: ModelFollowUp;
}

/** Where a decision sent a family. */
export interface ModelRoute {
  readonly referral: ModelReferral;
  readonly id: string;
  readonly rule: RouteRule;
  readonly clock: ModelFollowUp;
  /** Runs once it has come back; null before. */
  readonly returned: ModelFollowUp | null;
  /** Whether those are known whom it goes to. */
  readonly isKnown: boolean;
}

/** What must follow the decisions of a trial, beside the answers of agencies. */
export class ModelAfterDeciding {
  readonly discussions: ModelDiscussion[] = [];
  readonly routes: ModelRoute[] = [];
  private readonly concerns = new Map<string, SubmittedReferral['concern']>();

  constructor(private readonly followUps: ModelFollowUp[]) {}

  begin(): void {
    this.discussions.length = 0;
    this.routes.length = 0;
    this.concerns.clear();
  }

  submitted(reference: string, { concern }: SubmittedReferral): void {
    this.concerns.set(reference, concern);
  }

  /**
   * A decision took effect.
   *
   * @param made the deadlines that it made, by kind: the ids in their subjects are the hub's
   * @throws Error when it made others than it must
   */
  decided(
    referral: ModelReferral,
    outcome: Outcome,
    made: readonly FollowUpName[],
    now: Temporal.Instant,
    rules: Rules,
  ): void {
    const rule = ROUTES[outcome];
    const expected = [
      ...(needsDiscussion(outcome) ? ['strategy_discussion'] : []),
      ...(rule === undefined ? [] : [deadlineOfRoute(rule.kind)]),
    ];
    const kinds = made.map(({ kind }) => kind).toSorted();
    if (kinds.join(' ') !== expected.toSorted().join(' ')) {
      throw new Error(
        `${referral.reference}: ${outcome} made the clocks ${kinds.join(', ')}, and must make ${expected.join(', ')}`,
      );
    }
    for (const name of made) {
      if (name.kind === 'strategy_discussion') this.discussions.push(this.discussion(referral, name, now, rules));
      else this.routes.push(this.sent(referral, name, rule!, now, rules, rule!.goesTo === 'one'));
    }
  }

  held(discussion: ModelDiscussion): void {
    discussion.clock.end();
    this.discussions.splice(this.discussions.indexOf(discussion), 1);
  }

  /** Accepted, or the family has had its first response. */
  accepted(route: ModelRoute): void {
    this.endRoute(route);
  }

  returned(route: ModelRoute, now: Temporal.Instant, rules: Rules): void {
    const { referral, clock } = route;
    clock.end();
    const name = { kind: 'route_answer', subject: `${clock.name.subject} returned` } as const;
    const returned = this.follow(name, referral.rating, now, rules, () => now);
    this.routes[this.routes.indexOf(route)] = { ...route, returned };
  }

  /** @param name of the deadline of the route that follows */
  sentOn(route: ModelRoute, name: FollowUpName, now: Temporal.Instant, rules: Rules): void {
    this.endRoute(route);
    this.routes.push(this.sent(route.referral, name, route.rule, now, rules, true));
  }

  private endRoute(route: ModelRoute): void {
    route.clock.end();
    route.returned?.end();
    this.routes.splice(this.routes.indexOf(route), 1);
  }

  private discussion(
    referral: ModelReferral,
    name: FollowUpName,
    now: Temporal.Instant,
    rules: Rules,
  ): ModelDiscussion {
    const isSameDay = isInjuryOrSexualHarm(this.concerns.get(referral.reference)!);
    const startedAt = referral.decidedAt!;
    const clock = this.follow(name, 'red', now, rules, ({ policy, calendar }, rating) =>
      discussionDueAt(calendar, { startedAt, within: followUpSpan(policy, 'strategy_discussion', rating), isSameDay }),
    );
    return { referral, clock };
  }

  private sent(
    referral: ModelReferral,
    name: FollowUpName,
    rule: RouteRule,
    now: Temporal.Instant,
    rules: Rules,
    isKnown: boolean,
  ): ModelRoute {
    const clock = this.follow(name, referral.rating, now, rules, ({ policy, calendar }, rating, startedAt) =>
      after(calendar, startedAt, routeSpan(policy, rule.kind, rating)),
    );
    return { referral, id: name.subject.split(' ')[1]!, rule, clock, returned: null, isKnown };
  }

  private follow(
    name: FollowUpName,
    rating: ModelReferral['rating'],
    now: Temporal.Instant,
    rules: Rules,
    dueOf: DueOf,
  ): ModelFollowUp {
    const clock = new ModelFollowUp(name, now, rating, rules, true, dueOf);
    this.followUps.push(clock);
    return clock;
  }
}
