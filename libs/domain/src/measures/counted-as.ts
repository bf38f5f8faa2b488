import type { Measure } from './measure.ts';
import type { Moment } from './moment.ts';
import { addAmount, addDuration, addShare, type Tally } from './tally.ts';

/** What one referral counted as in a figure. */
export type CountedAs = 'met' | 'not_met' | 'not_yet_due' | 'ended' | 'waiting' | 'counted';

/**
 * Counts a standing, of a referral or an alert, into tallies of a measure. The one place where a referral is counted: figures and their rows come
 * from here.
 *
 * @param into the tallies of the groups that it belongs to
 * @returns what it counted as; null when it is outside the cohort, and nothing was added
 */
export function countInto<S>(
  into: readonly Tally[],
  measure: Measure<S>,
  standing: S,
  moment: Moment,
): CountedAs | null {
  if (measure.kind === 'share') {
    const share = measure.count(standing, moment);
    if (share !== null) for (const tally of into) addShare(tally, share);
    return share;
  }
  if (measure.kind === 'duration') {
    const duration = measure.count(standing, moment);
    if (duration === null) return null;
    for (const tally of into) addDuration(tally, duration);
    return duration.hasEnded ? 'ended' : 'waiting';
  }
  const amount = measure.count(standing, moment);
  if (amount === null) return null;
  for (const tally of into) addAmount(tally, amount);
  return 'counted';
}
