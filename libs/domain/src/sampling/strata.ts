import type { Outcome, ThresholdLevel } from '../code-lists/outcomes.ts';

/**
 * The kinds of decision that each month's dip sample draws from by themselves (hubs' audit practice: the decisions that
 * are most likely to be wrong, and of which no person complains).
 */
export const STRATA = [
  'no_further_action',
  'rating_lowered',
  'level_4_without_strategy_discussion',
  'child_under_one',
  'suggestion_overridden',
] as const;
/** One code of {@link STRATA}. */
export type Stratum = (typeof STRATA)[number];

/** Why an item was drawn: for a stratum, or so that its decider is sampled. */
export type DrawnFor = Stratum | 'decider';

/** The facts of a decision on which its strata depend. */
export interface SampledFacts {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  /** A person lowered the rating before the decision took effect. */
  readonly ratingWasLowered: boolean;
  /** The first rating that a person gave was another than the rules suggested. */
  readonly suggestionWasOverridden: boolean;
  /** A child is under one year old, or not yet born, on the day of receipt. */
  readonly hasChildUnderOne: boolean;
}

/** The strata of a decision, in the order of {@link STRATA}; none for most decisions. */
export function strataOf(facts: SampledFacts): readonly Stratum[] {
  const isOf: Readonly<Record<Stratum, boolean>> = {
    no_further_action: facts.outcome === 'no_further_action',
    rating_lowered: facts.ratingWasLowered,
    level_4_without_strategy_discussion: facts.thresholdLevel === 4 && facts.outcome !== 'strategy_discussion',
    child_under_one: facts.hasChildUnderOne,
    suggestion_overridden: facts.suggestionWasOverridden,
  };
  return STRATA.filter((stratum) => isOf[stratum]);
}
