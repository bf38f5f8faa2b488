import type { AgreementStatus } from '../code-lists/submitted-codes.ts';
import { OUTCOMES_WITHOUT_ACTION, type Outcome, type ThresholdLevel } from '../code-lists/outcomes.ts';

/** The reasons for which a decision needs sign-off (policy key `signOff.neededWhen`), in the order of the policy. */
export const SIGN_OFF_REASONS = [
  'no_further_action',
  'rating_lowered',
  'refusal_overridden',
  'level_4_without_strategy_discussion',
  're_referral_within_12_months',
  'third_contact_within_12_months',
  'child_under_one_or_unborn',
] as const;
/** One code of {@link SIGN_OFF_REASONS}. */
export type SignOffReason = (typeof SIGN_OFF_REASONS)[number];

/** The facts about a decision and its referral on which its sign-off depends. */
export interface DecisionFacts {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly agreement: AgreementStatus;
  /** Whether a person ever lowered the rating, also from the one that the rules suggested. */
  readonly ratingWasLowered: boolean;
  /** How many earlier referrals any of the children has in the twelve months before receipt. */
  readonly earlierReferrals: number;
  readonly childUnderOneOrUnborn: boolean;
}

/**
 * The reasons for which a decision needs sign-off by a manager other than the decider (policy key
 * `signOff.neededWhen`). The use case and the database both keep the decider from signing (policy key `signOff.rule`).
 *
 * @returns the reasons in the order of the policy; an empty list when the decision takes effect at once
 */
export function signOffReasons(decision: DecisionFacts): readonly SignOffReason[] {
  const applies: Record<SignOffReason, boolean> = {
    no_further_action: decision.outcome === 'no_further_action',
    rating_lowered: decision.ratingWasLowered,
    refusal_overridden: decision.agreement === 'refused' && !OUTCOMES_WITHOUT_ACTION.includes(decision.outcome),
    level_4_without_strategy_discussion: decision.thresholdLevel === 4 && decision.outcome !== 'strategy_discussion',
    re_referral_within_12_months: decision.earlierReferrals >= 1,
    third_contact_within_12_months: decision.earlierReferrals >= 2,
    child_under_one_or_unborn: decision.childUnderOneOrUnborn,
  };
  return SIGN_OFF_REASONS.filter((reason) => applies[reason]);
}
