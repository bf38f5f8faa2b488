import { isBlank, lengthOf } from '#domain';
import { CONSULTED_AT_MOST, type ConsultedChild } from '#referrals';
import type { Typed } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { DateInputArgs } from '../../shell/govuk/args.ts';

/** The parts of a child on the form, each a field of its own: `firstName.0`. */
export const CHILD_PARTS = ['firstName', 'lastName', 'day', 'month', 'year'] as const;
const field = (part: (typeof CHILD_PARTS)[number], at: number) => `${part}.${at}`;

const LONGEST_NAME = 200;
const EARLIEST_YEAR = 1900;
const PLACES = Array.from({ length: CONSULTED_AT_MOST }, (_, at) => at);

/** The children whom a form names. One of whom nothing is said is left out. @returns what is wrong, or the children */
export function consultedIn(typed: Typed): {
  readonly errors: FormErrors;
  readonly children: readonly ConsultedChild[];
} {
  const errors: Record<string, string> = {};
  const children: ConsultedChild[] = [];
  for (const at of PLACES) {
    const said = (part: (typeof CHILD_PARTS)[number]) => (typed[field(part, at)] ?? '').trim();
    const [firstName, lastName] = [said('firstName'), said('lastName')];
    const date = [said('day'), said('month'), said('year')] as const;
    const isDated = date.some((part) => part !== '');
    if (isBlank(firstName + lastName) && !isDated) continue;
    const dateOfBirth = isDated ? dateIn(date) : null;
    if (isBlank(firstName + lastName)) errors[field('firstName', at)] = 'Enter a name of the child';
    for (const part of ['firstName', 'lastName'] as const)
      if (lengthOf(said(part)) > LONGEST_NAME)
        errors[field(part, at)] = `The name must be ${LONGEST_NAME} characters or fewer`;
    if (isDated && dateOfBirth === null)
      errors[field('day', at)] = 'Give a date of birth that exists, such as 27 3 2019, or none';
    children.push({ firstName, lastName, dateOfBirth });
  }
  return { errors, children };
}

/** The fields of each child that a form has room for. */
export function presentConsulted(fields: FormFields, errors: FormErrors | null) {
  return PLACES.map((at) => ({
    title: `Child ${at + 1}`,
    isSaid: CHILD_PARTS.some((part) => fields.has(field(part, at))),
    firstName: fields.input(field('firstName', at), { label: 'First name' }, { autocomplete: 'off' }),
    lastName: fields.input(field('lastName', at), { label: 'Last name' }, { autocomplete: 'off' }),
    born: bornInput(fields, errors, at),
  }));
}

function bornInput(fields: FormFields, errors: FormErrors | null, at: number): DateInputArgs {
  const part = (name: 'day' | 'month' | 'year', label: string, width: number) => {
    const { id, value } = fields.input(field(name, at), { label });
    return { id, name: field(name, at), label, value, classes: `govuk-input--width-${width}` };
  };
  const error = errors?.[field('day', at)];
  return {
    id: `born-${at}`,
    fieldset: { legend: { text: 'Date of birth' } },
    items: [part('day', 'Day', 2), part('month', 'Month', 2), part('year', 'Year', 4)],
    ...(error === undefined ? {} : { errorMessage: { text: error } }),
  };
}

/** @returns `YYYY-MM-DD`; null where there is no such day */
function dateIn([day, month, year]: readonly [string, string, string]): string | null {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null;
  if (Number(year) < EARLIEST_YEAR) return null;
  try {
    const date = { day: Number(day), month: Number(month), year: Number(year) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
