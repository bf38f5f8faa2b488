import { elapsedMinutesBetween, workingMinutesBetween } from '../../working-time/working-minutes.ts';
import { workingDaysSince } from '../breakdown.ts';
import type { DurationMeasure, ShareMeasure } from '../measure.ts';
import { timeUntil, type Moment } from '../moment.ts';
import { isAtOrBefore, type Standing } from '../standing.ts';
import type { InDuration, InShare } from '../tally.ts';

const RECEIVED = 'Referrals received in the period';
const DUE = 'Those that are decided, or whose limit has passed undecided';
const NO_CONSULTATIONS = 'Consultations, which are not referrals';

/**
 * Whether something happened by its limit. One that has not happened is a breach from its limit on, and not yet due
 * before (K4): doing nothing never improves the share.
 */
function inTime(at: Temporal.Instant | null, limit: Temporal.Instant, { asOf }: Moment): InShare {
  if (at !== null) return isAtOrBefore(at, limit) ? 'met' : 'not_met';
  return isAtOrBefore(limit, asOf) ? 'not_met' : 'not_yet_due';
}

/** From receipt to an instant, or to the instant of the figure while it has not come: then it is censored (K5). */
function until(at: Temporal.Instant | null, { receivedAt }: Standing, moment: Moment): InDuration {
  return {
    hasEnded: at !== null,
    elapsed: elapsedMinutesBetween(receivedAt, at ?? moment.asOf),
    working:
      at === null ? timeUntil(moment).minutesSince(receivedAt) : workingMinutesBetween(moment.calendar, receivedAt, at),
  };
}

export const DECIDED_IN_ONE_WORKING_DAY: ShareMeasure = {
  id: 'decided-in-one-working-day',
  kind: 'share',
  title: 'Decided within one working day',
  cohort: RECEIVED,
  numerator: 'Those whose decision took effect by the end of the working day after receipt',
  denominator: DUE,
  clock: 'From receipt to the decision taking effect, sign-off included, against the statutory limit',
  exclusions: NO_CONSULTATIONS,
  unit: 'referrals',
  better: 1,
  source: 'Working Together to Safeguard Children; policy key statutoryDecisionDue',
  count: ({ effectiveAt, statutoryDueAt }, moment) => inTime(effectiveAt, statutoryDueAt, moment),
};

export const DECIDED_IN_TARGET: ShareMeasure = {
  id: 'decided-in-target',
  kind: 'share',
  title: 'Decided within the limit of its rating',
  cohort: RECEIVED,
  numerator: 'Those whose decision took effect by the limit of the rating in force then',
  denominator: DUE,
  clock: 'From receipt to the decision taking effect, sign-off included, against the hub’s own limit',
  exclusions: NO_CONSULTATIONS,
  unit: 'referrals',
  better: 1,
  source: 'Policy key ratings; hubs’ published rating policies',
  count: ({ effectiveAt, dueAt }, moment) => inTime(effectiveAt, dueAt, moment),
};

export const TIME_TO_DECISION: DurationMeasure = {
  id: 'time-to-decision',
  kind: 'duration',
  title: 'Time to decision',
  cohort: RECEIVED,
  numerator: 'Those that are decided',
  denominator: 'All of them; those that still wait count with the time that they have waited',
  clock: 'From receipt to the decision taking effect, sign-off included, in elapsed and in working minutes',
  exclusions: NO_CONSULTATIONS,
  unit: 'minutes',
  better: -1,
  source: 'Kaplan and Meier 1958, as the NHS counts patients who still wait; Working Together',
  count: (standing, moment) =>
    standing.effectiveAt === null
      ? until(null, standing, moment)
      : { hasEnded: true, elapsed: standing.elapsedMinutes!, working: standing.workingMinutes! },
};

const TIME_TO_A_FIRST = {
  kind: 'duration',
  cohort: RECEIVED,
  denominator: 'All of them; those that still wait count with the time that they have waited',
  exclusions: NO_CONSULTATIONS,
  unit: 'minutes',
  better: -1,
  source: 'The hub’s own measure',
} as const;

export const TIME_TO_FIRST_OPENED: DurationMeasure = {
  ...TIME_TO_A_FIRST,
  id: 'time-to-first-opened',
  title: 'Time until a person first opens it',
  numerator: 'Those that a person of the hub has opened',
  clock: 'From receipt to the first opening, in elapsed and in working minutes',
  count: (standing, moment) => until(standing.firstOpenedAt, standing, moment),
};

export const TIME_TO_FIRST_CLAIMED: DurationMeasure = {
  ...TIME_TO_A_FIRST,
  id: 'time-to-first-claimed',
  title: 'Time until a person first picks it up',
  numerator: 'Those that a person of the hub has picked up',
  clock: 'From receipt until it is first picked up, in elapsed and in working minutes',
  count: (standing, moment) => until(standing.firstClaimedAt, standing, moment),
};

export const RED_CLAIMED_IN_TIME: ShareMeasure = {
  id: 'red-claimed-in-time',
  kind: 'share',
  title: 'Reds picked up on time',
  cohort: 'Referrals received in the period whose rating has a limit for picking them up',
  numerator: 'Those that a person picked up by that limit',
  denominator: 'Those that are picked up, or whose limit has passed',
  clock: 'From receipt until it is first picked up, elapsed',
  exclusions: 'Ratings without such a limit',
  unit: 'referrals',
  better: 1,
  source: 'Policy key claimDue',
  count: ({ claimDueAt, firstClaimedAt }, moment) =>
    claimDueAt === null ? null : inTime(firstClaimedAt, claimDueAt, moment),
};

/** A referral that takes more working days than these is in the long tail. */
const LONG_TAIL_DAYS = 3;

export const LONG_TAIL: ShareMeasure = {
  id: 'long-tail',
  kind: 'share',
  title: 'Took more than three working days',
  cohort: RECEIVED,
  numerator: 'Those without a decision in effect at the end of the third working day after receipt',
  denominator: 'Those that are decided, or received more than three working days ago',
  clock: 'Whole working days after the day of receipt',
  exclusions: NO_CONSULTATIONS,
  unit: 'referrals',
  better: -1,
  source: 'Darlington’s published measure',
  count: ({ receivedAt, effectiveAt }, { asOf, calendar }) => {
    const late = workingDaysSince(calendar, receivedAt, effectiveAt ?? asOf, LONG_TAIL_DAYS + 1) > LONG_TAIL_DAYS;
    return late ? 'met' : effectiveAt === null ? 'not_yet_due' : 'not_met';
  },
};

/**
 * Whether a referral that is in time would be late under the strictest limit that it ever had: a rating was lowered,
 * and only that brings the decision within its limit (K7). One that still waits counts from the limit on that it had
 * before: until it is decided, nothing else would tell of the lowering.
 */
export function isInTimeByLowering(
  { wasLowered, effectiveAt, dueAt, strictestDueAt }: Standing,
  moment: Moment,
): boolean {
  const isLateBefore = inTime(effectiveAt, strictestDueAt, moment) === 'not_met';
  return wasLowered && isLateBefore && inTime(effectiveAt, dueAt, moment) !== 'not_met';
}

export const LOWERED_THEN_IN_TIME: ShareMeasure = {
  id: 'lowered-then-in-time',
  kind: 'share',
  title: 'In time only because the rating was lowered',
  cohort: RECEIVED,
  numerator:
    'Those that met the limit of the lowered rating, or are within it still, and not the limit that they had before',
  denominator:
    'Those whose decision met the limit of its rating, and those that wait and are in time only by the lowering',
  clock: 'As for the limit of the rating',
  exclusions: 'Referrals that are late, and undecided ones that no lowering keeps in time',
  unit: 'referrals',
  better: -1,
  source: 'Rule K7: lowering is counted beside promptness',
  count: (standing, moment) => {
    if (isInTimeByLowering(standing, moment)) return 'met';
    return inTime(standing.effectiveAt, standing.dueAt, moment) === 'met' ? 'not_met' : null;
  },
};
