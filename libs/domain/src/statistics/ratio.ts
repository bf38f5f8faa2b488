/** How many times as often one group has something as another, with what chance explains. */
export interface Ratio {
  readonly ratio: number;
  /** The ends of its 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  readonly verdict: RatioVerdict;
}

/** Which group has it more often: too few to say where the interval spans 1 and much beside it. */
export type RatioVerdict = 'more' | 'less' | 'about the same' | 'too few to say';

export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** The standard normal deviate of a two-sided 95 %. */
const Z = 1.959964;

/** Within these ends a difference is too small to matter; they are those of the equivalence of two medicines. */
const SAME = { from: 0.8, to: 1.25 };

/**
 * The ratio of two shares, such as referrals without further action of all referrals. Its interval is made of Wilson's
 * intervals of the two shares (Zou and Donner 2008), which is right also where all of a group have it.
 *
 * @returns null where either has none, of which no interval comes
 */
export function shareRatio(group: Share, others: Share): Ratio | null {
  if ([group, others].some(({ numerator, denominator }) => numerator <= 0 || denominator <= 0)) return null;
  const [p, q] = [group.numerator / group.denominator, others.numerator / others.denominator];
  const [one, other] = [wilson(group), wilson(others)];
  const end = (sign: 1 | -1, ofOne: number, ofOther: number) =>
    (p * q + sign * Math.sqrt(Math.max(0, (p * q) ** 2 - ofOne * ofOther * (2 * p - ofOne) * (2 * q - ofOther)))) /
    (ofOther * (2 * q - ofOther));
  const [lower, upper] = [end(-1, one.lower, other.upper), end(1, one.upper, other.lower)];
  return { ratio: p / q, lower, upper, verdict: verdictOf(lower, upper) };
}

function verdictOf(lower: number, upper: number): RatioVerdict {
  if (lower > 1) return 'more';
  if (upper < 1) return 'less';
  return lower >= SAME.from && upper <= SAME.to ? 'about the same' : 'too few to say';
}

/** Wilson's 95 % interval of a share (1927). */
function wilson({ numerator, denominator }: Share): { readonly lower: number; readonly upper: number } {
  const share = numerator / denominator;
  const square = Z ** 2 / denominator;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator));
  return { lower: middle - half, upper: middle + half };
}
