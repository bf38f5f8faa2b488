import type { ShownField } from '../../shell/govuk/args.ts';
import { groupsOf, hasMore, type StagedGroup } from './capture.ts';
import type { FieldFault } from '#referrals';
import type { Typed } from '#work';
import { REFERRAL_FIELDS, type FieldGroup } from './referral-fields.ts';
import { presentField } from './referral-field.presenter.ts';
import { countOf, placeOf } from './typed-referral.ts';

/** How a group and its fields are put to the one who fills in the form. */
export type Asked = (group: FieldGroup) => FieldGroup;
const OF_THE_CALLER: Asked = (group) => group;

/** The form's groups and fields as the page shows them, with what was typed and what is wrong with it. */
export function presentFields(typed: Typed, faults: readonly FieldFault[]) {
  const [capture, needed, rest] = [groupsOf('capture'), groupsOf('needed'), groupsOf('rest')];
  return {
    capture: presentGroups(capture, typed, faults),
    needed: presentGroups(needed, typed, faults),
    rest: presentGroups(rest, typed, faults),
    isMoreOpen: isMoreOpen(rest, typed, faults),
  };
}

/** Whether the fields that are folded away have an answer, or an error. */
export function isMoreOpen(rest: readonly StagedGroup[], typed: Typed, faults: readonly FieldFault[]): boolean {
  const shown = presentGroups(rest, typed, faults);
  return hasMore(typed, rest) || shown.some(({ parts }) => parts.some(({ fields }) => fields.some(hasError)));
}

const hasError = (field: ShownField) => Object.values(field).some((args: object) => 'errorMessage' in args);

/** @param staged groups, with the fields that are shown of each */
export function presentGroups(
  staged: readonly StagedGroup[],
  typed: Typed,
  faults: readonly FieldFault[],
  asked = OF_THE_CALLER,
) {
  const errors = errorsByField(typed, faults);
  const put = staged.map((one) => ({ ...one, group: asked(one.group) }));
  return put.map(({ group, names, isFirst }) => ({
    title: group.title,
    more:
      group.each === undefined || !isFirst
        ? null
        : {
            name: group.at,
            text: `Add another ${group.each}`,
            count: countOf(group, typed),
            goesTo: idOf(placeOf(group, countOf(group, typed))),
          },
    parts: Array.from({ length: countOf(group, typed) }, (_, index) => ({
      id: `${idOf(placeOf(group, index))}${isFirst ? '' : '-more'}`,
      title: group.each === undefined ? null : titleOf(group.each, index, isFirst),
      fields: group.fields
        .filter(({ name }) => names.includes(name))
        .map((field) => {
          const at = `${placeOf(group, index)}/${field.name}`;
          return presentField(field, { at, id: idOf(at), typed, error: errors[at] });
        }),
    })),
  }));
}

function titleOf(each: string, index: number, isFirst: boolean): string {
  const one = `${each} ${index + 1}`;
  return isFirst ? `${one[0]!.toUpperCase()}${one.slice(1)}` : `More about ${one}`;
}

/** For the summary at the top: each fault once, in the form's order, with its field's label and a link to it. */
export function presentFaults(typed: Typed, faults: readonly FieldFault[], asked = OF_THE_CALLER) {
  const errors = errorsByField(typed, faults);
  return placesOf(typed, asked)
    .filter(({ at }) => errors[at] !== undefined)
    .map(({ at, label }) => ({
      href: `#${idOf(at)}`,
      text:
        errors[at] === ON_THE_FORM['required']
          ? `Answer “${label}”`
          : `${label.replace(/\?$/, '')}: ${inSentence(errors[at]!)}`,
    }));
}

/** What the reader of a sent body says of these codes would tell nothing to a person at a form. */
const ON_THE_FORM: Readonly<Record<string, string>> = {
  required: 'Answer this',
  not_in_list: 'Select an answer',
  true_or_false: 'Select an answer',
  date: 'Give a date that exists, with the year in four digits, such as 27 3 2019',
  date_time: 'Give a date that exists and a time, such as 27 3 2019 and 14:30',
  date_or_date_time: 'Give a date that exists, with the year in four digits, such as 27 3 2019',
  who_is_it: 'Give a first name, a last name or a description',
  one_age_only: 'Give only one of a date of birth, an expected date of birth and an estimated age',
};

/** A fault of a whole group, or of an item of a list, is told at the first field that it could be about. */
function errorsByField(typed: Typed, faults: readonly FieldFault[]): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { pointer, code, detail } of faults) {
    const places = placesOf(typed);
    const place =
      places.find(({ at }) => at === pointer) ??
      places.find(({ at }) => pointer.startsWith(`${at}/`) || at.startsWith(`${pointer}/`));
    if (place !== undefined) errors[place.at] ??= ON_THE_FORM[code] ?? detail;
  }
  return errors;
}

/** Every field of the form, by its place in the referral, with its label. */
export function placesOf(
  typed: Typed,
  asked = OF_THE_CALLER,
): readonly { readonly at: string; readonly label: string }[] {
  return REFERRAL_FIELDS.map(asked).flatMap((group) =>
    Array.from({ length: countOf(group, typed) }, (_, index) => placesIn(group, index)).flat(),
  );
}

function placesIn(group: FieldGroup, index: number) {
  const about = group.each === undefined ? '' : `${group.each[0]!.toUpperCase()}${group.each.slice(1)} ${index + 1}, `;
  return group.fields.map(({ name, label }) => ({
    at: `${placeOf(group, index)}/${name}`,
    label: `${about}${about === '' ? label : inSentence(label)}`,
  }));
}

/** `First name` is `first name` there, and `NHS number` stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? `${label[0]!.toLowerCase()}${label.slice(1)}` : label;
}

/** Fit for an element's id and for the end of an URL. */
function idOf(at: string): string {
  return at.slice(1).replaceAll('/', '-');
}
