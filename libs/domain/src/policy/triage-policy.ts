import type { DecisionRules } from './decision-rules.ts';
import type { FollowUpRules } from './follow-up-rules.ts';
import type { WorkloadRules } from './workload-rules.ts';
import type { Rating } from '../rating/rating.ts';
import type { RatingRule } from '../rating/rating-rule.ts';
import type { Span, SpanBefore } from '../working-time/span.ts';
import type { OpeningHours, Weekday } from '../working-time/working-calendar.ts';

/** The groups that an alert may be for (policy key `escalation`). The rota says which people they are at an instant. */
export const ALERT_GROUPS = [
  'duty_team',
  'practice_manager',
  'service_manager',
  'head_of_service',
  'emergency_duty_team',
  'on_call_manager',
  'last_resort',
] as const;
/** One code of {@link ALERT_GROUPS}. */
export type AlertGroup = (typeof ALERT_GROUPS)[number];

/**
 * The channels by which an alert reaches people. `teams` and `webhook` go to the hub as a whole, the others to each
 * person.
 */
export const CHANNELS = ['email', 'sms', 'console', 'teams', 'webhook'] as const;
/** One code of {@link CHANNELS}. (How a referral came is another type.) */
export type Channel = (typeof CHANNELS)[number];

/** The channels of a ladder that are used at the same time, unless a person has acknowledged the alert before. */
export interface Rung {
  readonly channels: readonly Channel[];
  /** Elapsed minutes from the firing of the alert to the use of these channels; 0 for at once. */
  readonly afterMinutes: number;
}

/**
 * One step of an escalation (policy key `escalation`), least senior people first. A step is due at the due time, a span
 * after receipt, or a span before the due time. The last step repeats from the due time until the decision.
 */
export type EscalationStep = {
  readonly tell: readonly AlertGroup[];
  /** `unclaimed`: the step fires only while no person holds the referral. Every step needs an undecided referral. */
  readonly onlyIf?: 'unclaimed';
  /** The channels, one rung after the other; {@link USUAL_LADDERS} when it is left out. */
  readonly ladder?: readonly Rung[];
} & (
  | { readonly at: 'due' | { readonly afterReceipt: Span } | { readonly beforeDue: SpanBefore } }
  | { readonly repeatEvery: Span }
);

/** The part of a policy for one rating (policy key `ratings`). */
export interface RatingPolicy {
  /** The time from receipt to the decision's due time. */
  readonly decisionDue: Span;
  /** The time from receipt in which a person must claim the referral; null for no limit. */
  readonly claimDue: Span | null;
  readonly escalation: readonly EscalationStep[];
  /** How long an acknowledgement pauses the escalation (policy key `acknowledging`). */
  readonly acknowledgementPauses: Span;
}

/**
 * How a hub triages. It is plain JSON: an authority's own policy is a new version of this data, with the instant from
 * which it holds (decision record 11).
 */
export interface TriagePolicy extends DecisionRules, FollowUpRules, WorkloadRules {
  readonly ratings: Readonly<Record<Rating, RatingPolicy>>;
  /** The limit of Working Together, which is the same for every rating (policy key `statutoryDecisionDue`). */
  readonly statutoryDecisionDue: { readonly workingDays: number };
  readonly ratingRules: readonly RatingRule[];
}

/**
 * When a hub's front door is open (policy key `workingCalendar`). It is plain JSON and has versions, like a policy.
 *
 * - `timeZone`: an IANA name, such as `Europe/London`
 * - `opening`: local opening hours by weekday; null for a weekday on which the front door stays shut
 * - `localClosures`: the authority's own closure days, local dates `YYYY-MM-DD`, beside the bank holidays
 */
export interface CalendarData {
  readonly timeZone: string;
  readonly opening: Readonly<Record<Weekday, OpeningHours | null>>;
  readonly localClosures: readonly string[];
}

/** The ladders of steps that name no ladder. The more urgent the rating, the sooner a text message follows. */
export const USUAL_LADDERS: Readonly<Record<Rating, readonly Rung[]>> = {
  red: [
    { channels: ['email', 'teams', 'webhook'], afterMinutes: 0 },
    { channels: ['sms'], afterMinutes: 5 },
  ],
  amber: [
    { channels: ['email', 'teams', 'webhook'], afterMinutes: 0 },
    { channels: ['sms'], afterMinutes: 60 },
  ],
  green: [{ channels: ['email'], afterMinutes: 0 }],
};
