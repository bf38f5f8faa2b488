import { Hidden, HiddenNames } from './fields.ts';
import { whatWasWritten } from './what-was-written.ts';

@HiddenNames(/^count:/)
class Form {
  @Hidden() readonly version: string = '';
  @Hidden() readonly formId: string = '';
}

it('gives each answer of a form with its question, and nothing that the page itself put there', () => {
  const body = {
    ...{ _csrf: 'x', version: '3', formId: 'f', 'count:children': '2', agency: '01900000-0000-7000-8000-000000000001' },
    ...{ rationale: 'Safe.', empty: ' ', '/children/0/firstName': 'Zoë', '/children/1/nhsNumber': '9990491321' },
    ...{ '/concern/types#neglect': 'on', '/children/0/dateOfBirth#day': '7', draftWindow: 'w', draftBegan: '1' },
  };
  expect(whatWasWritten(Form, body).map(({ key, value }) => [key, value])).toEqual([
    ['Rationale', 'Safe.'],
    ['Children 1, first name', 'Zoë'],
    ['Children 2, NHS number', '9990491321'],
    ['Concern, types, neglect', 'Yes'],
    ['Children 1, date of birth, day', '7'],
  ]);
});
