/** How many times as often one group has something as another, with what chance explains. */
export interface Ratio {
  readonly ratio: number;
  /** The ends of its 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** The interval spans 1: these numbers are too few to say which group has it more often. */
  readonly isTooFewToSay: boolean;
}

export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** The standard normal deviate of a two-sided 95 %. */
const Z = 1.959964;

/**
 * The ratio of two rates, such as referrals per 10,000 children a year: events that may come more than once to the same
 * child. Its interval is that of the logarithm of two Poisson counts (Rothman, *Epidemiology*, 2012, chapter 9).
 *
 * @param group events and the children, or child years, among which they came
 * @returns null where either has no event, of which no interval comes
 */
export function rateRatio(group: Share, others: Share): Ratio | null {
  return ratioOf(group, others, ({ numerator }) => 1 / numerator);
}

/**
 * The ratio of two shares, such as referrals without further action of all referrals. Its interval is that of Katz and
 * others (1978).
 *
 * @returns null where either has none, of which no interval comes
 */
export function shareRatio(group: Share, others: Share): Ratio | null {
  return ratioOf(group, others, ({ numerator, denominator }) => 1 / numerator - 1 / denominator);
}

function ratioOf(group: Share, others: Share, variance: (share: Share) => number): Ratio | null {
  if ([group, others].some(({ numerator, denominator }) => numerator <= 0 || denominator <= 0)) return null;
  const ratio = group.numerator / group.denominator / (others.numerator / others.denominator);
  const spread = Math.exp(Z * Math.sqrt(variance(group) + variance(others)));
  const [lower, upper] = [ratio / spread, ratio * spread];
  return { ratio, lower, upper, isTooFewToSay: lower <= 1 && upper >= 1 };
}
