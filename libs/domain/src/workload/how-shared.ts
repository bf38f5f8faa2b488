/** How evenly work was shared. */
export interface HowShared {
  /** What the person with the most got, and the person in the middle. */
  readonly most: number;
  readonly median: number;
  /** The most over the median, to one decimal; null where no person got any. */
  readonly ratio: number | null;
}

/** How evenly a number of referrals was shared. @param counts how many each person got who got any */
export function howShared(counts: readonly number[]): HowShared {
  const sorted = counts.filter((count) => count > 0).toSorted((a, b) => a - b);
  if (sorted.length === 0) return { most: 0, median: 0, ratio: null };
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)]!, sorted[Math.ceil((sorted.length - 1) / 2)]!];
  const median = (lower + upper) / 2;
  const most = sorted.at(-1)!;
  return { most, median, ratio: Math.round((most / median) * 10) / 10 };
}
