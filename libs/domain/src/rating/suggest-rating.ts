import { ruleMatches, type RatingRule } from './rating-rule.ts';
import type { ReferralFacts } from './referral-facts.ts';
import { isMoreUrgent, type Rating } from './rating.ts';

export interface MatchedRule {
  readonly id: string;
  readonly rating: Rating;
  readonly because: string;
}

export interface SuggestedRating {
  readonly rating: Rating;
  /** Every rule that matched, in the order of the policy; empty when none did. */
  readonly matched: readonly MatchedRule[];
}

/** What a referral is rated when no rule matches (policy key `ratingRules.how`). */
const WHEN_NO_RULE_MATCHES: Rating = 'amber';

/**
 * The most urgent rating that any matching rule suggests, with every rule that matched. A person confirms or
 * changes it; the machine never decides.
 *
 * @param receivedOn the local date of receipt, by which a child's age is judged
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
