import type { AmountMeasure, ShareMeasure } from '../measure.ts';
import { isOpen } from '../../working-time/working-calendar.ts';
import { elapsedMinutesBetween } from '../../working-time/working-minutes.ts';
import { isAtOrBefore, type Standing } from '../standing.ts';
import { timeUntil, type Moment } from '../moment.ts';

export const RECEIVED: AmountMeasure = {
  id: 'received',
  kind: 'amount',
  isOfOpen: false,
  title: 'Referrals received',
  cohort: 'Referrals received in the period',
  numerator: 'All of them',
  denominator: 'All of them',
  clock: 'By the day of receipt',
  exclusions: 'Consultations, which are not referrals',
  unit: 'referrals',
  better: 0,
  source: 'ADCS Safeguarding Pressures 9',
  count: () => ({ amount: 1, isNotYetDue: false }),
};

export const OUT_OF_HOURS: ShareMeasure = {
  id: 'out-of-hours',
  kind: 'share',
  title: 'Received while the front door was shut',
  cohort: 'Referrals received in the period',
  numerator: 'Those received outside opening hours',
  denominator: 'All of them',
  clock: 'The calendar of the instant of the figure',
  exclusions: 'None',
  unit: 'referrals',
  better: 0,
  source: 'Policy key workingCalendar',
  count: ({ receivedAt }, { calendar }) => (isOpen(calendar, receivedAt) ? 'not_met' : 'met'),
};

export const COMPLETENESS: ShareMeasure = {
  id: 'completeness',
  kind: 'share',
  title: 'Referrals that tell what they should of every child',
  cohort: 'Referrals received in the period',
  numerator:
    'Those with a date of birth or an age, an ethnicity, a word on disability of every born child, and on the child’s voice',
  denominator: 'All of them',
  clock: 'By the day of receipt',
  exclusions: 'None',
  unit: 'referrals',
  better: 1,
  source: 'DfE children in need census; Ofsted’s monitoring visit of Tameside 2019',
  count: ({ children, isVoiceSought }) => {
    const born = children.filter(({ isUnborn }) => !isUnborn);
    const isWhole = born.every(
      ({ age, ethnicity, isDisabled }) =>
        age !== null && ethnicity !== null && ethnicity !== 'NOBT' && isDisabled !== null,
    );
    return isWhole && (isVoiceSought !== null || born.length === 0) ? 'met' : 'not_met';
  },
};

/** Whether a referral is open at the instant: received, and no decision of it in effect. */
export const isOpenAt = ({ effectiveAt }: Standing): boolean => effectiveAt === null;

/** When the referral is first late: by its own limit or by the statutory one. */
export function firstDueAt({ dueAt, statutoryDueAt }: Pick<Standing, 'dueAt' | 'statutoryDueAt'>): Temporal.Instant {
  return isAtOrBefore(dueAt, statutoryDueAt) ? dueAt : statutoryDueAt;
}

/**
 * How long an open referral is over its limit. A red counts elapsed minutes, as its limit does; others working minutes.
 *
 * @returns whole minutes; 0 when it is not over its limit
 */
export function minutesOverdue(
  standing: Pick<Standing, 'rating' | 'dueAt' | 'statutoryDueAt'>,
  moment: Moment,
): number {
  const due = firstDueAt(standing);
  if (!isAtOrBefore(due, moment.asOf)) return 0;
  return standing.rating === 'red' ? elapsedMinutesBetween(due, moment.asOf) : timeUntil(moment).minutesSince(due);
}

const OPEN = {
  kind: 'amount',
  isOfOpen: true,
  cohort: 'Referrals that are open at the instant of the figure',
  exclusions: 'Referrals whose decision is in effect. One that waits for sign-off is open',
  better: -1,
} as const;

export const OPEN_BY_AGE: AmountMeasure = {
  ...OPEN,
  id: 'open-by-age',
  title: 'Open referrals',
  numerator: 'All of them',
  denominator: 'All of them; beside it those that are within their limits',
  clock: 'Age from receipt: elapsed hours on the first day, then working days',
  unit: 'referrals',
  source: 'Devon’s and Nottingham’s published reports',
  count: (standing, { asOf }) =>
    isOpenAt(standing) ? { amount: 1, isNotYetDue: !isAtOrBefore(firstDueAt(standing), asOf) } : null,
};

export const OVERDUE_HOURS: AmountMeasure = {
  ...OPEN,
  id: 'overdue-hours',
  title: 'Child-hours overdue',
  cohort: 'Referrals that are open and over a limit at the instant of the figure',
  numerator: 'The hours over the limit, times the children of the referral',
  denominator: 'The referrals',
  clock: 'From the first of both limits: elapsed hours for a red, hours of opening for others',
  unit: 'child-hours',
  source: 'The hub’s own measure',
  count: (standing, moment) => {
    if (!isOpenAt(standing) || !isAtOrBefore(firstDueAt(standing), moment.asOf)) return null;
    return { amount: (minutesOverdue(standing, moment) * standing.children.length) / 60, isNotYetDue: false };
  },
};
