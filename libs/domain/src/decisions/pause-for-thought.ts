import type { Outcome } from '../code-lists/outcomes.ts';
import type { SignOffReason } from './sign-off.ts';

/** What of a decision's facts asks for a second look before nothing is done. */
const ASKS: readonly SignOffReason[] = [
  're_referral_within_12_months',
  'third_contact_within_12_months',
  'child_under_one_or_unborn',
];

/** Outcomes by which social care does nothing itself. */
const NOTHING_DONE: readonly Outcome[] = ['no_further_action', 'advice_and_signposting', 'returned_to_referrer'];

/**
 * Why somebody should stop and read before they decide that nothing is done: the child's history, or their age.
 *
 * @param signOff the reasons for which this decision needs sign-off
 * @returns nothing for any other decision
 */
export function reasonsToPause(outcome: Outcome, signOff: readonly SignOffReason[]): readonly SignOffReason[] {
  return NOTHING_DONE.includes(outcome) ? signOff.filter((reason) => ASKS.includes(reason)) : [];
}
