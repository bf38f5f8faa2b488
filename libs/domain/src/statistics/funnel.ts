/** Shares between which chance alone puts 95 %, and 99.8 %, of groups of one size. */
export interface FunnelLimits {
  readonly lower95: number;
  readonly upper95: number;
  readonly lower998: number;
  readonly upper998: number;
}

/** Where a group lies: within what chance explains, between the two limits, or beyond both. */
export type FunnelPlace = 'as expected' | 'unusual' | 'beyond chance';

/**
 * The limits of a funnel plot of shares: exact binomial ones, interpolated between whole counts so that the funnel has
 * no steps (Spiegelhalter 2005, *Funnel plots for comparing institutional performance*, appendix A.1.1). The upper limit
 * is that of the opposite, mirrored: so a group is beyond a limit just when its tail has less than 2.5 %, or 0.1 %, and
 * it does not matter whether those in time are counted or those that are late. The limits allow for chance alone:
 * groups that differ for known reasons spread wider.
 *
 * @param share that all groups together have, 0 to 1
 * @param denominator of the group, 1 or more
 */
export function funnelLimits(share: number, denominator: number): FunnelLimits {
  const [lower998, lower95] = lowerLimits(share, denominator);
  const [upper998, upper95] = lowerLimits(1 - share, denominator).map((limit) => 1 - limit);
  return { lower998: lower998!, lower95: lower95!, upper95: upper95!, upper998: upper998! };
}

/** @param share of the group */
export function funnelPlace(share: number, limits: FunnelLimits): FunnelPlace {
  if (share < limits.lower998 || share > limits.upper998) return 'beyond chance';
  if (share < limits.lower95 || share > limits.upper95) return 'unusual';
  return 'as expected';
}

/** The shares below which chance puts 0.1 %, and 2.5 %, of groups. */
function lowerLimits(share: number, n: number): number[] {
  if (share <= 0) return TAILS.map(() => 0);
  if (share >= 1) return TAILS.map(() => 1);
  const found: number[] = [];
  let below = 0;
  // What lies below has no chance that a computer could tell from none.
  const first = Math.max(0, Math.floor(n * share - 8 * Math.sqrt(n * share * (1 - share)) - 10));
  let here = Math.exp(logOfChoices(n, first) + first * Math.log(share) + (n - first) * Math.log1p(-share));
  const odds = share / (1 - share);
  for (let r = first; r <= n && found.length < TAILS.length; r++) {
    const upTo = below + here;
    while (found.length < TAILS.length && upTo > TAILS[found.length]!) {
      found.push(Math.max(0, (r - (upTo - TAILS[found.length]!) / here) / n));
    }
    below = upTo;
    here *= ((n - r) / (r + 1)) * odds;
  }
  return found;
}

const TAILS = [0.001, 0.025];

const logOfChoices = (n: number, r: number) => logOfFactorial(n) - logOfFactorial(r) - logOfFactorial(n - r);

/** By Stirling's series, which is exact to eight digits from 10 on; below it by multiplication. */
function logOfFactorial(n: number): number {
  if (n < 10) return Math.log([1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880][n]!);
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}
