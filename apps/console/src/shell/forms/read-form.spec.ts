import { Hidden, isHidden, Several, Ticked, Trimmed } from './fields.ts';
import { readForm } from './read-form.ts';
import { AtMost } from './text-rules.ts';

class Form {
  @Trimmed() @AtMost(5, 'Too long') readonly name: string = '';
  @Hidden() @Several() readonly references: readonly string[] = [];
  @Ticked('day', ['mon', 'tue', 'wed']) readonly days: readonly string[] = [];
}

it('a form is read field by field, with what it does not name left out', () => {
  const { form, errors } = readForm(Form, { name: ' Zoë ', other: 'x', 'day.tue': 'yes', 'day.sun': 'yes' });
  expect([{ ...form }, errors]).toEqual([{ name: 'Zoë', references: [], days: ['tue'] }, null]);
});

it('a form without a body is a form without answers', () => {
  expect(readForm(Form, undefined)).toMatchObject({ form: { name: '', references: [] }, errors: null, typed: {} });
});

it('a field that is wrong has the message of its rule, and what was typed stays', () => {
  expect(readForm(Form, { name: 'too long' })).toMatchObject({
    errors: { name: 'Too long' },
    typed: { name: 'too long' },
  });
});

it('a field that is there several times is a list', () => {
  expect(readForm(Form, { references: ['a', 'b'] }).form.references).toEqual(['a', 'b']);
  expect(readForm(Form, { references: 'a' }).form.references).toEqual(['a']);
});

it('what was typed is kept without NUL and half characters, in the composed form of Unicode', () => {
  expect(readForm(Form, { name: 'Zoe\u0308\u0000\ud800' }).typed).toEqual({ name: 'Zoë\ufffd' });
});

it('names of the console’s own are never read from a form, and the window of a draft is told apart', () => {
  const id = '01900000-0000-7000-8000-000000000001';
  const { typed, window } = readForm(Form, {
    _csrf: 'x',
    _pausedFor: 'y',
    draftWindow: id,
    draftBegan: '7',
    name: 'Bo',
  });
  expect([typed, window]).toEqual([{ name: 'Bo' }, { id, began: '7' }]);
});

it('a form that extends another has its hidden fields too', () => {
  class Longer extends Form {
    @Hidden() readonly more: string = '';
  }
  expect(['references', 'more', 'name'].map((name) => isHidden(Longer, name))).toEqual([true, true, false]);
  expect(isHidden(Form, 'more')).toBe(false);
});
