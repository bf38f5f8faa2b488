import type { Typed } from '#work';
import type {
  CheckboxesArgs, DateInputArgs, DateInputItem, RadioItem, RadiosArgs, ShownField,
} from '../../shell/govuk/args.ts'; // prettier-ignore
import type { ReferralField } from './referral-fields.ts';

/** Where a field is, and what is in it. */
interface Place {
  /** Its place in the referral, which is its name, such as `/children/0/firstName`. */
  readonly at: string;
  readonly id: string;
  readonly typed: Typed;
  readonly error: string | undefined;
}

/** More choices than these are shown as a list to open. */
const MOST_RADIOS = 6;
const SMALL_RADIOS = 'govuk-radios--inline govuk-radios--small';
const NOT_SAID = { value: '', text: 'Not said' };
const YES_OR_NO = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];

export function presentField(field: ReferralField, place: Place): ShownField {
  const { at: name, id, typed } = place;
  const common = { id, name, label: { text: field.label }, ...hintAndError(field, place) };
  const value = typed[name] ?? '';
  switch (field.kind) {
    case 'line':
      return { input: { ...common, value, classes: 'govuk-input--width-30', autocomplete: 'off' } };
    case 'number':
      return {
        input: { ...common, value, classes: 'govuk-input--width-4', inputmode: 'numeric', autocomplete: 'off' },
      };
    case 'text':
      return { textarea: { ...common, value, rows: 4 } };
    case 'date':
      return { dateInput: dateInput(field, place, dayMonthYear(place)) };
    case 'moment':
      return { dateInput: dateInput(field, place, [...dayMonthYear(place), timePart(place)]) };
    case 'several':
      return { checkboxes: checkboxes(field, place) };
    case 'yes-or-no':
      return { radios: radios(field, place, YES_OR_NO) };
    case 'one': {
      const choices = field.choices ?? [];
      return choices.length > MOST_RADIOS
        ? { select: { ...common, value, items: [NOT_SAID, ...choices] } }
        : { radios: radios(field, place, choices) };
    }
  }
}

function radios(field: ReferralField, place: Place, items: readonly RadioItem[]): RadiosArgs {
  return {
    name: place.at,
    idPrefix: place.id,
    classes: SMALL_RADIOS,
    fieldset: { legend: { text: field.label } },
    items: mayBeUnsaid(field) ? [...items, NOT_SAID] : items,
    value: place.typed[place.at] ?? '',
    ...hintAndError(field, place),
  };
}

function checkboxes(field: ReferralField, place: Place): CheckboxesArgs {
  const { at, id, typed } = place;
  return {
    name: at,
    idPrefix: id,
    classes: 'govuk-checkboxes--small mash-columns',
    fieldset: { legend: { text: field.label } },
    items: (field.choices ?? []).map(({ value, text }, index) => ({
      id: index === 0 ? id : `${id}-${value}`,
      name: `${at}#${value}`,
      value: 'on',
      text,
      checked: typed[`${at}#${value}`] !== undefined,
    })),
    ...hintAndError(field, place),
  };
}

function dateInput(field: ReferralField, place: Place, items: readonly DateInputItem[]): DateInputArgs {
  return {
    id: `${place.id}-date`,
    fieldset: { legend: { text: field.label } },
    items,
    ...hintAndError(field, place),
  };
}

function dayMonthYear(place: Place): readonly DateInputItem[] {
  return [
    { ...part(place, 'day', 'Day', 2), id: place.id },
    part(place, 'month', 'Month', 2),
    part(place, 'year', 'Year', 4),
  ];
}

function timePart(place: Place): DateInputItem {
  return { ...part(place, 'time', 'Time', 3), inputmode: 'text' };
}

function part({ at, id, typed }: Place, name: string, label: string, width: number): DateInputItem {
  return {
    id: `${id}-${name}`,
    name: `${at}#${name}`,
    label,
    value: typed[`${at}#${name}`] ?? '',
    classes: `govuk-input--width-${width}`,
  };
}

/** Whether an answer that was given by mistake can be taken back: “unknown” says as much. */
function mayBeUnsaid({ isNeeded, choices }: ReferralField): boolean {
  return isNeeded !== true && !choices?.some(({ value }) => value === 'unknown');
}

function hintAndError({ hint }: ReferralField, { error }: Place) {
  return {
    ...(hint === undefined ? {} : { hint: { text: hint } }),
    ...(error === undefined ? {} : { errorMessage: { text: error } }),
  };
}
