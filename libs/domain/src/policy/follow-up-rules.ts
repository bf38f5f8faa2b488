import { RATINGS, type Rating } from '../rating/rating.ts';
import { OTHER_ROUTES } from '../routes/route-kinds.ts';
import type { Span } from '../working-time/span.ts';
import type { PolicyFault } from './policy-fault.ts';
import { spanFaults } from './span-faults.ts';

/**
 * What must follow an act within a time of its own, beside the decision: an agency answers a request for information,
 * the decider reads an answer that came after the decision, a
 * strategy discussion is held, a child protection conference follows it, a team answers a route, a family on the edge
 * of care gets a first response, the referrer is told, a referral comes that was advised, a manager looks at the third
 * contact of a child, a manager looks at why a person opened a restricted record.
 */
export const FOLLOW_UPS = [
  'information_request',
  'late_answer',
  'strategy_discussion',
  'conference',
  'route_answer',
  'first_response',
  'feedback',
  'referral_advised',
  'third_contact',
  'glass_broken',
] as const;
/** One kind of {@link FOLLOW_UPS}. */
export type FollowUp = (typeof FOLLOW_UPS)[number];

/** The kinds whose time does not depend on the rating. */
export type PlainFollowUp = Exclude<FollowUp, 'information_request'>;
export const PLAIN_FOLLOW_UPS = FOLLOW_UPS.filter((kind) => kind !== 'information_request');

/** What a policy says of the things that must follow. */
export interface FollowUpRules {
  /** The time that an agency has to answer, by the rating of the referral (policy key `informationDue`). */
  readonly informationDue: Readonly<Record<Rating, Span>>;
  /** The time that each of the others has (policy key `followUpDue`). */
  readonly followUpDue: Readonly<Record<PlainFollowUp, Span>>;
  /** The time that others than a locality team have to take a family on (policy key `routeDue`). */
  readonly routeDue: Readonly<Record<(typeof OTHER_ROUTES)[number], Span>>;
}

/**
 * What the service ships with. Two, six and 24 hours are the times that Merton's hub asks of its partners. A strategy
 * discussion is held within 24 hours of the decision (Tees procedures), a conference within 15 working days of it
 * (Working Together). Sandwell answers a family on the edge of care within 24 hours. A referrer is told within one
 * working day (Working Together). One working day to read a late
 * answer, two for a team's answer and five for a referral that was advised are
 * this service's own. An allegation is with the designated officer within one working day (Working Together); the same
 * time for an allocated worker, one working day to look at a restricted record that was opened in an emergency, and two working days for another authority are this service's own.
 */
export const DEFAULT_FOLLOW_UP_RULES: FollowUpRules = {
  informationDue: { red: { elapsedHours: 2 }, amber: { elapsedHours: 6 }, green: { elapsedHours: 24 } },
  followUpDue: {
    late_answer: { workingDays: 1 },
    strategy_discussion: { elapsedHours: 24 },
    conference: { workingDays: 15 },
    route_answer: { workingDays: 2 },
    first_response: { elapsedHours: 24 },
    feedback: { workingDays: 1 },
    referral_advised: { workingDays: 5 },
    third_contact: { workingDays: 1 },
    glass_broken: { workingDays: 1 },
  },
  routeDue: { allocated_worker: { workingDays: 1 }, other_authority: { workingDays: 2 }, lado: { workingDays: 1 } },
};

/** The time that a follow-up has. */
export function followUpSpan({ informationDue, followUpDue }: FollowUpRules, kind: FollowUp, rating: Rating): Span {
  return kind === 'information_request' ? informationDue[rating] : followUpDue[kind];
}

/** The faults of these rules; an empty list when they may be published. */
export function followUpFaults({ informationDue, followUpDue, routeDue }: FollowUpRules): readonly PolicyFault[] {
  return [
    ...RATINGS.flatMap((rating) => spanFaults(`informationDue.${rating}`, informationDue[rating])),
    ...PLAIN_FOLLOW_UPS.flatMap((kind) => spanFaults(`followUpDue.${kind}`, followUpDue[kind])),
    ...OTHER_ROUTES.flatMap((kind) => spanFaults(`routeDue.${kind}`, routeDue[kind])),
  ];
}

/** A time of a follow-up that a version changes. */
export interface FollowUpChange {
  /** Where it stands in the policy, such as `followUpDue.feedback`. */
  readonly at: string;
  readonly before: Span;
  readonly then: Span;
}

/** How a version changes the times of follow-ups; an empty list when it changes none. */
export function followUpChanges(before: FollowUpRules, then: FollowUpRules): readonly FollowUpChange[] {
  const all = [
    ...RATINGS.map((rating) => ({
      at: `informationDue.${rating}`,
      before: before.informationDue[rating],
      then: then.informationDue[rating],
    })),
    ...PLAIN_FOLLOW_UPS.map((kind) => ({
      at: `followUpDue.${kind}`,
      before: before.followUpDue[kind],
      then: then.followUpDue[kind],
    })),
    ...OTHER_ROUTES.map((kind) => ({
      at: `routeDue.${kind}`,
      before: before.routeDue[kind],
      then: then.routeDue[kind],
    })),
  ];
  return all.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.then));
}
