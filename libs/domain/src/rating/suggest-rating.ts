import { ruleMatches, type RatingRule } from './rating-rule.ts';
import type { ReferralFacts } from './referral-facts.ts';
import { isMoreUrgent, type Rating } from './rating.ts';

/** A rule that matched a referral: its id, its rating and its reason in words. */
export interface MatchedRule {
  readonly id: string;
  readonly rating: Rating;
  readonly because: string;
}

/** The rating that the rules suggest for a referral. A person confirms or changes it. */
export interface SuggestedRating {
  readonly rating: Rating;
  /** Every rule that matched, in the order of the policy; empty when none did. */
  readonly matched: readonly MatchedRule[];
}

/** The rating of a referral that no rule matches (policy key `ratingRules.how`). */
const WHEN_NO_RULE_MATCHES: Rating = 'amber';

/**
 * Suggests a rating: the most urgent one of the rules that match, or amber when no rule matches (policy key
 * `ratingRules`). A person confirms or changes it; the machine never decides.
 *
 * @param rules the rules of the policy version in force at receipt
 * @param receivedOn the local date of receipt, by which a child's age is judged
 * @returns the rating, and every rule that matched, so that the reasons can be shown
 */
export function suggestRating(
  rules: readonly RatingRule[],
  referral: ReferralFacts,
  receivedOn: Temporal.PlainDate,
): SuggestedRating {
  const matched = rules
    .filter((rule) => ruleMatches(rule.when, referral, receivedOn))
    .map(({ id, rating, because }) => ({ id, rating, because }));
  const [first, ...rest] = matched.map((rule) => rule.rating);
  if (first === undefined) return { rating: WHEN_NO_RULE_MATCHES, matched };
  return { rating: rest.reduce((most, next) => (isMoreUrgent(next, most) ? next : most), first), matched };
}
