import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';
import { hasChildUnderOne, type ReferralFacts } from './referral-facts.ts';
import type { Rating } from './rating.ts';

/**
 * The condition of a rating rule (policy key `ratingRules`). It is plain data, so that an authority changes its rules
 * by a new version of the policy and not by new code.
 *
 * - `anyType`, `anyIndicator`: the referral has at least one of these codes
 * - `everyTypeIn`: each type of the referral is one of these codes
 * - `all`, `any`: every one, or at least one, of these conditions holds
 */
export type RuleCondition =
  | { readonly immediateDanger: true }
  | { readonly childUnderOne: true }
  | { readonly anyType: readonly ConcernType[] }
  | { readonly everyTypeIn: readonly ConcernType[] }
  | { readonly anyIndicator: readonly Indicator[] }
  | { readonly all: readonly RuleCondition[] }
  | { readonly any: readonly RuleCondition[] };

/** A rule that suggests a rating for the referrals that fulfil its condition (policy key `ratingRules`). */
export interface RatingRule {
  /** A short code, such as `R01`, that is stored with the rating that the rule suggested. */
  readonly id: string;
  readonly rating: Rating;
  readonly when: RuleCondition;
  /** The reason in words, which the console shows to a person. */
  readonly because: string;
}

/**
 * Whether a referral fulfils a condition.
 *
 * @param receivedOn the local date of receipt, by which a child's age is judged
 */
export function ruleMatches(
  condition: RuleCondition,
  referral: ReferralFacts,
  receivedOn: Temporal.PlainDate,
): boolean {
  if ('immediateDanger' in condition) return referral.immediateDanger;
  if ('childUnderOne' in condition) return hasChildUnderOne(referral.children, receivedOn);
  if ('anyType' in condition) return referral.types.some((type) => condition.anyType.includes(type));
  if ('everyTypeIn' in condition) return referral.types.every((type) => condition.everyTypeIn.includes(type));
  if ('anyIndicator' in condition) return referral.indicators.some((one) => condition.anyIndicator.includes(one));
  if ('all' in condition) return condition.all.every((part) => ruleMatches(part, referral, receivedOn));
  return condition.any.some((part) => ruleMatches(part, referral, receivedOn));
}
