import { CONSULTATION_OUTCOMES } from '#referrals';
import { presentConsulted } from './consulted-children.ts';
import { agencyItems, type Agency } from '../../shell/forms/agency-items.ts';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { codeInWords } from '../../shell/words/words.ts';

/** The fields of the form about advice given. */
export function presentConsultation(fields: FormFields, errors: FormErrors | null, agencies: readonly Agency[]) {
  const children = presentConsulted(fields, errors);
  const agency = { label: 'For which agency?' };
  const outcomes = CONSULTATION_OUTCOMES.map((value) => ({ value, text: codeInWords(value) }));
  return {
    children,
    areMore: children.slice(1).some(({ isSaid }) => isSaid),
    agency: fields.select('agency', agency, agencyItems(agencies, 'Choose an agency')),
    caller: fields.input('caller', { label: 'Name of the caller' }, { autocomplete: 'off' }),
    role: fields.input('role', { label: 'Role' }, { autocomplete: 'off' }),
    question: fields.textarea('question', { label: 'What was asked?' }),
    advice: fields.textarea('advice', { label: 'What did you advise?' }),
    outcome: fields.radios('outcome', { label: 'What did it come to?' }, outcomes),
  };
}
