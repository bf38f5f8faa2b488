/** Counts by the minutes that they took, or have waited so far. */
export type CountsByMinutes = ReadonlyMap<number, number>;

/**
 * How far a share that is a product of fractions may miss the share that is asked for: one in ten whose quantile of 0.9
 * is reached exactly must not miss it by a rounding. A hub of millions has no two shares so close together.
 */
const ROUNDING = 1e-9;

/**
 * The smallest number of minutes within which the estimated share that has ended is `q` or more, or null where that
 * share is not reached. The estimate is that of Kaplan and Meier (1958), in which those that have not ended count as
 * still waiting for as long as they have waited, so that leaving the slow ones open makes no figure better. One that
 * has waited exactly as long as another took counts as waiting at that moment.
 *
 * @param ended how many ended, by the minutes they took
 * @param censored how many are open, by the minutes they have waited
 * @param q a share above 0, up to 1
 * @throws RangeError for a share that is none
 */
export function kaplanMeierQuantile(ended: CountsByMinutes, censored: CountsByMinutes, q: number): number | null {
  if (!(q > 0 && q <= 1)) throw new RangeError('A quantile is asked for with a share above 0, up to 1.');
  let waiting = total(ended) + total(censored);
  let shareWaiting = 1;
  for (const minutes of ascending(ended, censored)) {
    const ending = ended.get(minutes) ?? 0;
    if (ending > 0) {
      shareWaiting *= 1 - ending / waiting;
      if (1 - shareWaiting >= q - ROUNDING) return minutes;
    }
    waiting -= ending + (censored.get(minutes) ?? 0);
  }
  return null;
}

function total(counts: CountsByMinutes): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

function ascending(...many: readonly CountsByMinutes[]): number[] {
  return [...new Set(many.flatMap((counts) => [...counts.keys()]))].sort((a, b) => a - b);
}
