import type { ConcernType, Indicator } from '../code-lists/concern-types.ts';

/**
 * The facts of one child that rating rules use. Dates are local dates, `YYYY-MM-DD`; `estimatedAge` is in whole years.
 */
export interface ChildFacts {
  readonly dateOfBirth?: string | undefined;
  readonly expectedDateOfBirth?: string | undefined;
  readonly estimatedAge?: number | undefined;
}

/** The facts of a referral that rating rules use. */
export interface ReferralFacts {
  readonly immediateDanger: boolean;
  readonly types: readonly ConcernType[];
  readonly indicators: readonly Indicator[];
  readonly children: readonly ChildFacts[];
}

/**
 * Whether a child is under one year old, or not yet born, on the day of receipt (policy key
 * `ratingRules.childUnderOne`). A child born on 29 February turns one on 1 March.
 *
 * @param receivedOn the local date of receipt
 * @throws RangeError when a date of birth is not a date, which the check of the referral's body rules out
 */
export function isUnderOne(child: ChildFacts, receivedOn: Temporal.PlainDate): boolean {
  const { dateOfBirth, expectedDateOfBirth, estimatedAge } = child;
  if (expectedDateOfBirth !== undefined || estimatedAge === 0) return true;
  return dateOfBirth !== undefined && Temporal.PlainDate.compare(dateOfBirth, receivedOn.subtract({ years: 1 })) > 0;
}

/** Whether at least one child is. @see isUnderOne */
export function hasChildUnderOne(children: readonly ChildFacts[], receivedOn: Temporal.PlainDate): boolean {
  return children.some((child) => isUnderOne(child, receivedOn));
}
