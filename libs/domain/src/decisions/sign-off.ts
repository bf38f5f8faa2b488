import type { AgreementStatus } from '../code-lists/submitted-codes.ts';
import type { Outcome, ThresholdLevel } from '../code-lists/outcomes.ts';

/** Why a decision needs a second person (policy key `signOff.neededWhen`), in the order of the policy. */
export const SIGN_OFF_REASONS = [
  'no_further_action',
  'rating_lowered',
  'refusal_overridden',
  'level_4_without_strategy_discussion',
  're_referral_within_12_months',
  'third_contact_within_12_months',
  'child_under_one_or_unborn',
] as const;
export type SignOffReason = (typeof SIGN_OFF_REASONS)[number];

export interface DecisionFacts {
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly agreement: AgreementStatus;
  /** Whether any person lowered the rating, the machine's suggestion included. */
  readonly ratingWasLowered: boolean;
  /** Earlier referrals of any of the children in the twelve months before receipt. */
  readonly earlierReferrals: number;
  readonly childUnderOneOrUnborn: boolean;
}

/** Outcomes that do nothing to or for a family beyond a word of advice. */
const RESPECTS_REFUSAL: readonly Outcome[] = ['no_further_action', 'advice_and_signposting', 'returned_to_referrer'];

/** The reasons for which a decision needs sign-off by someone else; none means that it takes effect at once. */
export function signOffReasons(decision: DecisionFacts): readonly SignOffReason[] {
  const applies: Record<SignOffReason, boolean> = {
    no_further_action: decision.outcome === 'no_further_action',
    rating_lowered: decision.ratingWasLowered,
    refusal_overridden: decision.agreement === 'refused' && !RESPECTS_REFUSAL.includes(decision.outcome),
    level_4_without_strategy_discussion: decision.thresholdLevel === 4 && decision.outcome !== 'strategy_discussion',
    re_referral_within_12_months: decision.earlierReferrals >= 1,
    third_contact_within_12_months: decision.earlierReferrals >= 2,
    child_under_one_or_unborn: decision.childUnderOneOrUnborn,
  };
  return SIGN_OFF_REASONS.filter((reason) => applies[reason]);
}
