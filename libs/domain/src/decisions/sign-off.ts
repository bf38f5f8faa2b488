import type { AgreementStatus } from '../code-lists/submitted-codes.ts';
import { needsDiscussion } from '../discussions/discussion-due.ts';
import { OUTCOMES_WITHOUT_ACTION, type Outcome, type ThresholdLevel } from '../code-lists/outcomes.ts';

/**
 * The reasons for which a policy can ask for sign-off (policy key `signOff.neededWhen`), or for a page to read first
 * (policy key `pauseWhen`), in the order in which they are shown.
 */
export const SIGN_OFF_REASONS = [
  'no_further_action',
  'red_ends_at_early_help_or_less',
  'danger_ends_at_early_help_or_less',
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
  /** Whether it is judged as a decision on a red: see `countsAsRed`. */
  readonly countsAsRed: boolean;
  /** Whether the sender says that a child is in danger now. */
  readonly immediateDanger: boolean;
  /** Whether a person ever lowered the rating, also from the one that the rules suggested. */
  readonly ratingWasLowered: boolean;
  /** For how many earlier incidents any of the children was referred in the twelve months before receipt. */
  readonly earlierReferrals: number;
  readonly childUnderOneOrUnborn: boolean;
}

/** The outcomes that leave a child without social care's own action: none, or early help by others. */
const EARLY_HELP_OR_LESS: readonly Outcome[] = [...OUTCOMES_WITHOUT_ACTION, 'early_help'];

/** Whether a decision ends a referral at early help or less, by its outcome or by its level of need. */
export function endsAtEarlyHelpOrLess(decision: Pick<DecisionFacts, 'outcome' | 'thresholdLevel'>): boolean {
  return EARLY_HELP_OR_LESS.includes(decision.outcome) || decision.thresholdLevel <= 2;
}

/**
 * Whether a decision at level 4 says why no strategy discussion follows. One follows immediate protection by itself, so
 * that its decider is not kept with a reason; a policy may have it signed off all the same.
 */
export function lacksDiscussion({
  outcome,
  thresholdLevel,
}: Pick<DecisionFacts, 'outcome' | 'thresholdLevel'>): boolean {
  return thresholdLevel === 4 && !needsDiscussion(outcome);
}

/** Every reason that applies to a decision, whether or not the policy asks for sign-off because of it. */
export function reasonsThatApply(decision: DecisionFacts): readonly SignOffReason[] {
  const endsLow = endsAtEarlyHelpOrLess(decision);
  const applies: Record<SignOffReason, boolean> = {
    no_further_action: decision.outcome === 'no_further_action',
    red_ends_at_early_help_or_less: decision.countsAsRed && endsLow,
    danger_ends_at_early_help_or_less: decision.immediateDanger && endsLow,
    rating_lowered: decision.ratingWasLowered,
    refusal_overridden: decision.agreement === 'refused' && !OUTCOMES_WITHOUT_ACTION.includes(decision.outcome),
    level_4_without_strategy_discussion: decision.thresholdLevel === 4 && decision.outcome !== 'strategy_discussion',
    re_referral_within_12_months: decision.earlierReferrals >= 1,
    third_contact_within_12_months: decision.earlierReferrals >= 2,
    child_under_one_or_unborn: decision.childUnderOneOrUnborn,
  };
  return SIGN_OFF_REASONS.filter((reason) => applies[reason]);
}

/**
 * The reasons for which a decision needs sign-off by a manager other than the decider. The use case and the database
 * both keep the decider from signing (policy key `signOff.rule`).
 *
 * @param neededWhen the reasons of the policy in force (policy key `signOff.neededWhen`)
 * @returns the reasons in the order of {@link SIGN_OFF_REASONS}; an empty list when the decision takes effect at once
 */
export function signOffReasons(
  neededWhen: readonly SignOffReason[],
  decision: DecisionFacts,
): readonly SignOffReason[] {
  return reasonsThatApply(decision).filter((reason) => neededWhen.includes(reason));
}
