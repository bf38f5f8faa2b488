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
 * The ratio of two shares, such as referrals without further action of all referrals. Its interval is that of Katz and
 * others (1978).
 *
 * @returns null where either has none, of which no interval comes
 */
export function shareRatio(group: Share, others: Share): Ratio | null {
  if ([group, others].some(({ numerator, denominator }) => numerator <= 0 || denominator <= 0)) return null;
  const ratio = group.numerator / group.denominator / (others.numerator / others.denominator);
  const variance = ({ numerator, denominator }: Share) => 1 / numerator - 1 / denominator;
  const spread = Math.exp(Z * Math.sqrt(variance(group) + variance(others)));
  const [lower, upper] = [ratio / spread, ratio * spread];
  return { ratio, lower, upper, isTooFewToSay: lower <= 1 && upper >= 1 };
}
