import type { Noun } from '../charts/chart.ts';
import type { ClockDay } from '../charts/in-words.ts';

export const REFERRAL: Noun = { one: 'referral', many: 'referrals' };
export const RATING: Noun = { one: 'rating', many: 'ratings' };

/** A day of a clock that runs through the night. */
export const ELAPSED_DAY: ClockDay = { minutes: 24 * 60, noun: { one: 'day', many: 'days' } };

/** A day of working time. @param minutes that the front door is open on a usual day */
export function workingDay(minutes: number): ClockDay {
  return { minutes, noun: { one: 'working day', many: 'working days' } };
}
