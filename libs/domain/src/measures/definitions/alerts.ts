import { elapsedMinutesBetween, workingMinutesBetween } from '../../working-time/working-minutes.ts';
import type { Rating } from '../../rating/rating.ts';
import type { DurationMeasure, Measure, ShareMeasure } from '../measure.ts';
import { isAtOrBefore } from '../standing.ts';

/** How one alert stood at an instant. */
export interface AlertStanding {
  readonly alertId: string;
  /** Of the referral that it is about; null for an alert about the service itself. */
  readonly reference: string | null;
  readonly kind: string;
  readonly rating: Rating;
  readonly firedAt: Temporal.Instant;
  /** The first instant at which a provider took it for a person; null when it reached no person. */
  readonly reachedAt: Temporal.Instant | null;
  readonly acknowledgedAt: Temporal.Instant | null;
  /** When its deadline ended, because the thing itself was done; null while it is open. */
  readonly endedAt: Temporal.Instant | null;
}

/** An alert is answered when a person says so, or does the thing itself. */
export function answeredAt({ acknowledgedAt, endedAt }: AlertStanding): Temporal.Instant | null {
  if (acknowledgedAt === null || endedAt === null) return acknowledgedAt ?? endedAt;
  return isAtOrBefore(acknowledgedAt, endedAt) ? acknowledgedAt : endedAt;
}

/** ITIL's and the hub's own limit for answering an alert. */
export const ANSWERED_WITHIN_MS = 15 * 60_000;

const FIRED = 'Alerts fired in the period';
const NO_CANARIES = 'Canaries, and alerts of deadlines that another version of the policy replaced';

export const ALERTS_ACKNOWLEDGED: DurationMeasure<AlertStanding> = {
  id: 'alerts-acknowledged',
  kind: 'duration',
  title: 'Time until an alert is answered',
  cohort: FIRED,
  numerator: 'Those that a person acknowledged, or whose referral was decided',
  denominator: 'All of them; those that no person has answered count with the time that they have waited',
  clock: 'From the firing to the answer, in elapsed and in working minutes',
  exclusions: NO_CANARIES,
  unit: 'minutes',
  better: -1,
  source: 'ITIL: mean time to acknowledge, here as median and 90th percentile',
  count: (alert, { asOf, calendar }) => {
    const answered = answeredAt(alert);
    const end = answered ?? asOf;
    return {
      hasEnded: answered !== null,
      elapsed: elapsedMinutesBetween(alert.firedAt, end),
      working: workingMinutesBetween(calendar, alert.firedAt, end),
    };
  },
};

export const ALERTS_ANSWERED_IN_15_MINUTES: ShareMeasure<AlertStanding> = {
  id: 'alerts-answered-in-15-minutes',
  kind: 'share',
  title: 'Alerts answered within 15 minutes',
  cohort: FIRED,
  numerator: 'Those that a person acknowledged, or whose referral was decided, within 15 minutes',
  denominator: 'Those that are answered, or fired 15 minutes ago or more',
  clock: 'From the firing to the answer, elapsed',
  exclusions: NO_CANARIES,
  unit: 'alerts',
  better: 1,
  source: 'The hub’s own measure',
  count: (alert, { asOf }) => {
    const limit = alert.firedAt.epochMilliseconds + ANSWERED_WITHIN_MS;
    const answered = answeredAt(alert);
    if (answered !== null) return answered.epochMilliseconds <= limit ? 'met' : 'not_met';
    return limit <= asOf.epochMilliseconds ? 'not_met' : 'not_yet_due';
  },
};

export const ALERTS_REACHED: ShareMeasure<AlertStanding> = {
  id: 'alerts-that-reached-a-person',
  kind: 'share',
  title: 'Alerts that reached a person',
  cohort: FIRED,
  numerator: 'Those that a provider took for a person, or that a person answered',
  denominator: 'All of them',
  clock: 'At the instant of the figure',
  exclusions: NO_CANARIES,
  unit: 'alerts',
  better: 1,
  source: 'Invariant I2',
  count: (alert) => (alert.reachedAt !== null || answeredAt(alert) !== null ? 'met' : 'not_met'),
};

/** Every measure of alerts, by its id. */
export const ALERT_MEASURES: readonly Measure<AlertStanding>[] = [
  ALERTS_ACKNOWLEDGED,
  ALERTS_ANSWERED_IN_15_MINUTES,
  ALERTS_REACHED,
];

/** By what figures of alerts may be broken down. */
const ALERT_GROUPS = {
  rating: ({ rating }) => rating,
  kind: ({ kind }) => kind,
} as const satisfies Readonly<Record<string, (alert: AlertStanding) => string>>;
export type AlertBreakdown = keyof typeof ALERT_GROUPS;

export function isAlertBreakdown(text: string): text is AlertBreakdown {
  return Object.hasOwn(ALERT_GROUPS, text);
}

export function alertGroupOf(by: AlertBreakdown, alert: AlertStanding): string {
  return ALERT_GROUPS[by](alert);
}
