import { inSeededOrder } from './seeded-order.ts';
import { STRATA, type DrawnFor, type Stratum } from './strata.ts';

/** A decision that may be drawn. */
export interface Sampleable {
  readonly referralId: string;
  readonly decidedBy: string;
  readonly strata: readonly Stratum[];
}

/** How much is drawn. */
export interface SampleSize {
  /** Of each stratum at least so many, or all that there are. */
  readonly perStratum: number;
  /** Of each decider at least so many, or all that there are. */
  readonly perDecider: number;
}

/**
 * Two of each decider's decisions a month is the usual practice of audits. Three of each stratum is a choice of this
 * project: the whole sample of a hub of ten deciders stays under forty, which its readers can read in a month.
 */
export const SAMPLE_SIZE: SampleSize = { perStratum: 3, perDecider: 2 };

/**
 * Draws a sample. Each stratum gives the first of its decisions in the order that the seed makes, and so does each
 * decider who has too few among those. The same population, seed and size give the same sample, in whatever order the
 * population comes.
 *
 * @param population each referral once
 * @returns what was drawn with the reasons for it, in the order that the seed makes
 */
export function drawSample<T extends Sampleable>(
  population: readonly T[],
  { seed, perStratum, perDecider }: SampleSize & { readonly seed: string },
): readonly (T & { readonly drawnFor: readonly DrawnFor[] })[] {
  const ordered = inSeededOrder(population, ({ referralId }) => referralId, seed);
  const drawnFor = new Map<T, DrawnFor[]>();
  const draw = (one: T, why: DrawnFor) => drawnFor.set(one, [...(drawnFor.get(one) ?? []), why]);
  for (const stratum of STRATA) {
    for (const one of firstOf(ordered, perStratum, ({ strata }) => strata.includes(stratum))) draw(one, stratum);
  }
  for (const own of Map.groupBy(ordered, ({ decidedBy }) => decidedBy).values()) {
    const missing = perDecider - own.filter((one) => drawnFor.has(one)).length;
    for (const one of firstOf(own, missing, (other) => !drawnFor.has(other))) draw(one, 'decider');
  }
  return ordered.filter((one) => drawnFor.has(one)).map((one) => ({ ...one, drawnFor: drawnFor.get(one)! }));
}

function firstOf<T>(ordered: readonly T[], count: number, isWanted: (one: T) => boolean): readonly T[] {
  const found: T[] = [];
  for (const one of ordered) {
    if (found.length >= count) break;
    if (isWanted(one)) found.push(one);
  }
  return found;
}
