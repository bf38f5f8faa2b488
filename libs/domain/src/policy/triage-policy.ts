import type { Rating } from '../rating/rating.ts';
import type { RatingRule } from '../rating/rating-rule.ts';
import type { Span, SpanBefore } from '../working-time/span.ts';
import type { OpeningHours, Weekday } from '../working-time/working-calendar.ts';

/** The people an alert may be for. Who they are at an instant is a matter of the rota. */
export const ALERT_GROUPS = [
  'duty_team',
  'practice_manager',
  'service_manager',
  'head_of_service',
  'emergency_duty_team',
  'on_call_manager',
  'last_resort',
] as const;
export type AlertGroup = (typeof ALERT_GROUPS)[number];

/** How an alert reaches people. `teams` and `webhook` go to the hub as a whole, the others to each person told. */
export const CHANNELS = ['email', 'sms', 'console', 'teams', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channels of one try; tried when so many minutes have passed and nobody has acknowledged. */
export interface Rung {
  readonly channels: readonly Channel[];
  /** Elapsed minutes after the alert fired, 0 for at once. */
  readonly afterMinutes: number;
}

/** One step of a chain of alerts, least senior first. The last step of a chain repeats until the decision. */
export type EscalationStep = {
  readonly tell: readonly AlertGroup[];
  /** Every step needs the referral to be undecided; this one, that nobody holds it as well. */
  readonly onlyIf?: 'unclaimed';
  /** By which channels, one rung after the other. Left out: {@link USUAL_LADDERS}. */
  readonly ladder?: readonly Rung[];
} & (
  | { readonly at: 'due' | { readonly afterReceipt: Span } | { readonly beforeDue: SpanBefore } }
  | { readonly repeatEvery: Span }
);

export interface RatingPolicy {
  readonly decisionDue: Span;
  /** When the referral must have been claimed by; null for no limit. */
  readonly claimDue: Span | null;
  readonly escalation: readonly EscalationStep[];
  /** The longest that an acknowledgement may pause the chain of alerts. */
  readonly acknowledgementPauses: Span;
}

/**
 * How a hub triages. Plain JSON: an authority's own policy is a new version of this data with an effective date.
 */
export interface TriagePolicy {
  readonly ratings: Readonly<Record<Rating, RatingPolicy>>;
  readonly statutoryDecisionDue: { readonly workingDays: number };
  readonly ratingRules: readonly RatingRule[];
}

/** A hub's opening hours and its own closed days, `YYYY-MM-DD`, beside the bank holidays. Plain JSON, versioned. */
export interface CalendarData {
  readonly timeZone: string;
  readonly opening: Readonly<Record<Weekday, OpeningHours | null>>;
  readonly localClosures: readonly string[];
}

/** How alerts of a rating reach people where a step does not say: ever more insistent, the more urgent. */
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
