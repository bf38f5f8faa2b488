import { OUTCOMES, type Outcome } from '../code-lists/outcomes.ts';
import type { PolicyFault } from './policy-fault.ts';

/** What a policy says of the council's case system. */
export interface CaseCheckRules {
  /** The outcomes before which each child is looked for in the council's case system (policy key `caseCheck`). */
  readonly caseCheck: { readonly askedBefore: readonly Outcome[] };
}

/**
 * What the service ships with: no decision waits for the check. Which ones do is the hub's to say, because not every hub
 * can read the council's system at any hour (decision record 64).
 */
export const DEFAULT_CASE_CHECK_RULES: CaseCheckRules = { caseCheck: { askedBefore: [] } };

/** The faults of these rules; an empty list when they may be published. */
export function caseCheckFaults({ caseCheck: { askedBefore } }: CaseCheckRules): readonly PolicyFault[] {
  const isSet =
    askedBefore.every((outcome) => OUTCOMES.includes(outcome)) && new Set(askedBefore).size === askedBefore.length;
  return isSet ? [] : [{ at: 'caseCheck.askedBefore', message: 'Select each outcome once' }];
}

/** The outcomes that a version adds to those before which the case system is asked, and those that it removes. */
export interface CaseCheckChange {
  readonly added: readonly Outcome[];
  readonly removed: readonly Outcome[];
}

export function caseCheckChange(
  { caseCheck: before }: CaseCheckRules,
  { caseCheck: then }: CaseCheckRules,
): CaseCheckChange {
  const [had, has] = [new Set(before.askedBefore), new Set(then.askedBefore)];
  return {
    added: OUTCOMES.filter((outcome) => has.has(outcome) && !had.has(outcome)),
    removed: OUTCOMES.filter((outcome) => had.has(outcome) && !has.has(outcome)),
  };
}
