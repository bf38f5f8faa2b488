import { OUTCOMES_WITHOUT_ACTION, type Outcome } from '../code-lists/outcomes.ts';
import type { SignOffReason } from './sign-off.ts';

/** The reasons for sign-off that also ask the decider to stop and read before no action is taken. */
const REASONS_TO_STOP: readonly SignOffReason[] = [
  're_referral_within_12_months',
  'third_contact_within_12_months',
  'child_under_one_or_unborn',
];

/**
 * Why a decider should stop at a page and read, before deciding that social care takes no action: the child was
 * referred before, or is a baby.
 *
 * @param signOff the reasons for which this decision needs sign-off, as {@link signOffReasons} gives them
 * @returns those of the reasons that ask for the stop; an empty list when the outcome is another one
 */
export function reasonsToPause(outcome: Outcome, signOff: readonly SignOffReason[]): readonly SignOffReason[] {
  return OUTCOMES_WITHOUT_ACTION.includes(outcome) ? signOff.filter((reason) => REASONS_TO_STOP.includes(reason)) : [];
}
