import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';

/** What the rules need to know of one child: dates are local dates, `estimatedAge` whole years. */
export interface ChildFacts {
  readonly dateOfBirth?: string | undefined;
  readonly expectedDateOfBirth?: string | undefined;
  readonly estimatedAge?: number | undefined;
}

/** What the rules need to know of a referral. */
export interface ReferralFacts {
  readonly immediateDanger: boolean;
  readonly types: readonly ConcernType[];
  readonly indicators: readonly Indicator[];
  readonly children: readonly ChildFacts[];
}

/**
 * Whether any child is under one or not yet born on the day of receipt (policy key `ratingRules.childUnderOne`).
 * A child born on 29 February turns one on 1 March.
 *
 * @param receivedOn the local date of receipt
 */
export function hasChildUnderOne(children: readonly ChildFacts[], receivedOn: Temporal.PlainDate): boolean {
  const oneYearBefore = receivedOn.subtract({ years: 1 });
  return children.some(
    ({ dateOfBirth, expectedDateOfBirth, estimatedAge }) =>
      expectedDateOfBirth !== undefined ||
      estimatedAge === 0 ||
      (dateOfBirth !== undefined && Temporal.PlainDate.compare(dateOfBirth, oneYearBefore) > 0),
  );
}
