import { OUTCOMES, type CaseCheckRules, type Outcome } from '#domain';
import type { Typed } from '#work';

/** The name of a checkbox: it posts `yes` where it is ticked. */
export const caseCheckField = (outcome: Outcome) => `caseCheck.${outcome}`;

/** What the form shows for the rules about the case system. */
export function caseCheckToFields({ caseCheck }: CaseCheckRules): Typed {
  return Object.fromEntries(caseCheck.askedBefore.map((outcome) => [caseCheckField(outcome), 'yes']));
}

/** The rules that a posted form stands for. */
export function caseCheckFromFields(fields: Typed): CaseCheckRules {
  return { caseCheck: { askedBefore: OUTCOMES.filter((outcome) => fields[caseCheckField(outcome)] === 'yes') } };
}

/** The field that a fault is shown at; null for a fault of another part of the policy. */
export function fieldOfCaseCheck(at: string): string | null {
  return at === 'caseCheck.askedBefore' ? caseCheckField(OUTCOMES[0]) : null;
}
