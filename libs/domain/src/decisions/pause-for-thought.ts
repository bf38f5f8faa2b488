import { OUTCOMES_WITHOUT_ACTION } from '../code-lists/outcomes.ts';
import { reasonsThatApply, type DecisionFacts, type SignOffReason } from './sign-off.ts';

/** What is known of a child before any decision: it asks for a second look only before social care takes no action. */
const KNOWN_BEFORE: readonly SignOffReason[] = [
  're_referral_within_12_months',
  'third_contact_within_12_months',
  'child_under_one_or_unborn',
];

/**
 * Why a decider should stop at a page and read before this decision.
 *
 * @param pauseWhen the reasons of the policy in force (policy key `pauseWhen`)
 * @returns those of the reasons that apply; an empty list when the decider need not stop
 */
export function reasonsToPause(pauseWhen: readonly SignOffReason[], decision: DecisionFacts): readonly SignOffReason[] {
  const isWithoutAction = OUTCOMES_WITHOUT_ACTION.includes(decision.outcome);
  return reasonsThatApply(decision).filter(
    (reason) => pauseWhen.includes(reason) && (isWithoutAction || !KNOWN_BEFORE.includes(reason)),
  );
}
