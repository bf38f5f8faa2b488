import { ALERT_GROUPS } from '#domain';
import type { RotaPage } from '#rota';
import { FormFields, errorSummary } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { codeInWords } from '../../shell/words/words.ts';

const NARROW = 'govuk-input--width-10';

const OFTEN = [
  {
    value: 'once',
    text: 'This week only',
    hint: { text: 'The person answers at these times instead of those who have a weekly turn then' },
  },
  { value: 'weekly', text: 'Every week', hint: { text: 'The person has this turn on this day of every week' } },
];

/** The form of a turn. @param typed as the link to it fills it in, or as it was sent */
export function presentTurn({ members }: RotaPage, typed: object, errors: FormErrors | null, week: string) {
  const fields = new FormFields(typed, errors);
  const people = members.map(({ id, name }) => ({ value: id, text: name }));
  const groups = ALERT_GROUPS.map((value) => ({ value, text: codeInWords(value) }));
  const select = (name: string, label: string, items: typeof people) => ({
    select: fields.select(name, { label }, [{ value: '', text: '' }, ...items]),
  });
  return {
    errorSummary: errorSummary(errors),
    back: week === '' ? '/rota' : `/rota?week=${week}`,
    who: [select('person', 'Person', people), select('group', 'Group', groups)],
    row: [
      fields.input('day', { label: 'Day', classes: NARROW }, { type: 'date' }),
      fields.input('from', { label: 'From', classes: NARROW }, { type: 'time' }),
      fields.input('until', { label: 'Until', classes: NARROW }, { type: 'time' }),
    ],
    often: {
      radios: fields.radios('often', { label: 'How often?', isLarge: true, classes: 'govuk-radios--small' }, OFTEN),
    },
  };
}
