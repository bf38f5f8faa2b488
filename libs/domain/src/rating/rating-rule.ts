import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';
import { hasChildUnderOne, type ReferralFacts } from './referral-facts.ts';
import type { Rating } from './rating.ts';

/** When a rule matches. Plain data, so that an authority's own rules are a new policy version, not new code. */
export type RuleCondition =
  | { readonly immediateDanger: true }
  | { readonly childUnderOne: true }
  | { readonly anyType: readonly ConcernType[] }
  | { readonly everyTypeIn: readonly ConcernType[] }
  | { readonly anyIndicator: readonly Indicator[] }
  | { readonly all: readonly RuleCondition[] }
  | { readonly any: readonly RuleCondition[] };

export interface RatingRule {
  readonly id: string;
  readonly rating: Rating;
  readonly when: RuleCondition;
  /** The reason shown to a person, in words. */
  readonly because: string;
}

/** @param receivedOn the local date of receipt */
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
