import { OUTCOMES, type CaseCheckChange, type CaseCheckRules } from '#domain';
import type { Typed } from '#work';
import { codeInWords } from '../../shell/words/words.ts';
import { caseCheckField } from './case-check-rules.form.ts';

/** The outcomes before which the case system is asked, as the page of the policy says them. */
export function presentCaseCheck({ caseCheck }: CaseCheckRules): readonly string[] {
  return caseCheck.askedBefore.map(codeInWords);
}

/** The checkboxes, one an outcome. */
export function presentCaseCheckFields(fields: Typed) {
  return OUTCOMES.map((outcome) => {
    const name = caseCheckField(outcome);
    return { name, value: 'yes', text: `Before “${codeInWords(outcome)}”`, isTicked: fields[name] === 'yes' };
  });
}

/** How a version changes it, a sentence each. */
export function presentCaseCheckChange({ added, removed }: CaseCheckChange): readonly string[] {
  return [
    ...added.map((outcome) => `The case system is asked first from then on: ${codeInWords(outcome)}`),
    ...removed.map((outcome) => `The case system is asked first no longer: ${codeInWords(outcome)}`),
  ];
}
