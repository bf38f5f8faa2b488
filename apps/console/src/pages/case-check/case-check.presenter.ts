import { CASE_RESULT_WORDS, CASE_RESULTS } from '#domain';
import type { ReferralPage } from '#referrals';
import type { Typed } from '#work';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { presentCaseChecks } from '../../shell/referral/case-checks.presenter.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { caseField } from './case-check.form.ts';

/** The page of the case system: a group of fields for each child, with how the child stands. No result is chosen before. */
export function presentCaseCheckPage(page: ReferralPage, typed: Typed, errors: FormErrors | null, zone: string) {
  const fields = new FormFields(typed, errors);
  const children = presentCaseChecks(page, (instant) => dayAndTime(instant, page.now, zone));
  return {
    reference: page.reference,
    title: childrenInWords(page),
    then: typed['then'] ?? '',
    // Once a child has been looked for, one press for all could hide what was found.
    mayBeNone: page.caseChecks.length === 0,
    isOne: children.length === 1,
    children: children.map((child, position) => {
      // Each label names the child, so that no two are the same.
      const label = (words: string) => ({ label: children.length === 1 ? words : `${words} (${child.name})` });
      return {
        ...child,
        result: fields.radios(
          caseField('result', position),
          { ...label('What does the case system say?'), classes: 'govuk-radios--small' },
          CASE_RESULTS.map((value) => ({ value, text: CASE_RESULT_WORDS[value] })),
        ),
        known: [
          fields.input(caseField('caseNumber', position), {
            ...label('Number there'),
            classes: 'govuk-input--width-10',
          }),
          fields.input(caseField('worker', position), label('Allocated worker')),
          fields.input(caseField('team', position), label('Team')),
        ],
        reason: fields.input(caseField('reason', position), label('Why it could not be checked')),
      };
    }),
    errorSummary: errorSummary(errors),
  };
}
