import { ALERT_GROUPS, WEEKDAYS } from '#domain';
import { telephoneInWords } from '#platform';
import type { RotaPage } from '#rota';
import type { Typed } from '#work';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { CheckboxesArgs, ErrorSummaryArgs, InputArgs, ShownField } from '../../shell/govuk/args.ts';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { codeInWords, DAY_NAMES } from '../../shell/words/words.ts';

type Member = RotaPage['members'][number];

/** What was sent and not done, and why. */
export interface RefusedChange {
  readonly typed: Typed;
  readonly errors: FormErrors;
}

/** One of the forms that change the rota. */
interface RotaForm {
  readonly title: string;
  /** It was sent, and comes back with what is wrong with it. */
  readonly isOpen: boolean;
  readonly hidden: Readonly<Record<string, string>>;
  readonly fields: readonly ShownField[];
  /** Fields side by side. */
  readonly row: readonly InputArgs[];
  readonly button: string;
}

const GROUPS = ALERT_GROUPS.map((value) => ({ value, text: codeInWords(value) }));
const DAYS = WEEKDAYS.map((value) => ({ value, text: DAY_NAMES[value] }));
const SMALL = 'govuk-checkboxes--small mash-inline';
const NARROW = 'govuk-input--width-10';

export function presentForms(members: readonly Member[], refused: RefusedChange | null): readonly RotaForm[] {
  const people = members.map(({ id, name }) => ({ value: id, text: name }));
  const fieldsOf = (kind: string) =>
    refused?.typed['kind'] === kind ? new FormFields(refused.typed, refused.errors) : new FormFields({}, null);
  const select = (kind: string, name: string, label: string, items: typeof people): ShownField => ({
    select: fieldsOf(kind).select(name, { id: `${kind}.${name}`, label }, [{ value: '', text: '' }, ...items]),
  });
  const group = (kind: string) => select(kind, 'group', 'Group', GROUPS);
  const person = (kind: string) => select(kind, 'person', 'Person', people);
  const input = (kind: string, name: string, label: string, type: 'date' | 'time') =>
    fieldsOf(kind).input(name, { id: `${kind}.${name}`, label, classes: NARROW }, { type });
  const stretch = (kind: string) => [
    input(kind, 'fromDay', 'From, day', 'date'),
    input(kind, 'fromTime', 'From, time', 'time'),
    input(kind, 'untilDay', 'Until, day', 'date'),
    input(kind, 'untilTime', 'Until, time', 'time'),
  ];
  const form = (kind: string, title: string, button: string, shown: Pick<RotaForm, 'fields' | 'row'>): RotaForm => ({
    title, button, isOpen: refused?.typed['kind'] === kind, hidden: { kind }, ...shown,
  }); // prettier-ignore
  return [
    form('add-shift', 'Add a weekly turn', 'Add the turn', {
      fields: [group('add-shift'), person('add-shift'), { checkboxes: days(refused) }],
      row: [input('add-shift', 'from', 'From', 'time'), input('add-shift', 'until', 'Until', 'time')],
    }),
    form('add-cover', 'Add cover: a person answers instead of the weekly rota', 'Add the cover', {
      fields: [group('add-cover'), person('add-cover')],
      row: stretch('add-cover'),
    }),
    form('add-absence', 'Add an absence', 'Add the absence', {
      fields: [person('add-absence')],
      row: stretch('add-absence'),
    }),
    ...members.map((member) => presentContact(member, refused)),
  ];
}

/** The addresses and groups of a person, as they are or as they were sent. */
function presentContact(member: Member, refused: RefusedChange | null): RotaForm {
  const at = `set-contact.${member.id}`;
  const isSent = isContactOf(member.id, refused);
  const { email } = member;
  const fields = isSent
    ? new FormFields(refused!.typed, refused!.errors)
    : new FormFields({ email, phone: telephoneInWords(member.phone ?? '') }, null);
  const hasFailed = member.emailFailedAt !== null || member.phoneFailedAt !== null;
  const worksAgain: CheckboxesArgs = {
    name: 'worksAgain',
    idPrefix: `${at}.worksAgain`,
    classes: 'govuk-checkboxes--small',
    items: [{ value: 'yes', text: 'What did not work does again', checked: false }],
  };
  return {
    title: `Addresses and groups of ${member.name}`,
    isOpen: isSent,
    hidden: { kind: 'set-contact', person: member.id },
    fields: [
      { input: fields.input('email', { id: `${at}.email`, label: 'E-mail' }) },
      { input: fields.input('phone', { id: `${at}.phone`, label: 'Mobile, for text messages' }) },
      {
        checkboxes: ticks(`${at}.group`, 'group', 'Groups', GROUPS, {
          isTicked: (code) =>
            isSent ? refused!.typed[`group.${code}`] === 'yes' : member.groups.some((one) => one === code),
          error: isSent ? refused!.errors['groups'] : undefined,
        }),
      },
      ...(hasFailed ? [{ checkboxes: worksAgain }] : []),
    ],
    row: [],
    button: 'Save',
  };
}

function days(refused: RefusedChange | null): CheckboxesArgs {
  const isSent = refused?.typed['kind'] === 'add-shift';
  return ticks('add-shift.day', 'day', 'Days', DAYS, {
    isTicked: (code) => isSent && refused.typed[`day.${code}`] === 'yes',
    error: isSent ? refused.errors['days'] : undefined,
  });
}

function ticks(
  idPrefix: string,
  name: string,
  legend: string,
  choices: readonly { readonly value: string; readonly text: string }[],
  { isTicked, error }: { isTicked: (code: string) => boolean; error: string | undefined },
): CheckboxesArgs {
  return {
    name,
    idPrefix,
    classes: SMALL,
    fieldset: { legend: { text: legend } },
    items: choices.map(({ value, text }) => ({
      id: `${idPrefix}.${value}`,
      name: `${name}.${value}`,
      value: 'yes',
      text,
      checked: isTicked(value),
    })),
    ...(error === undefined ? {} : { errorMessage: { text: error } }),
  };
}

/** What is wrong, each with a link to its field: a choice of several is at its first. */
export function rotaErrors(refused: RefusedChange | null): ErrorSummaryArgs | null {
  if (refused === null) return null;
  const { kind = '', person = '' } = refused.typed;
  const at = kind === 'set-contact' ? `${kind}.${person}` : kind;
  const fieldOf = (name: string) => ({ days: `day.${WEEKDAYS[0]}`, groups: `group.${ALERT_GROUPS[0]}` })[name] ?? name;
  return errorSummary(refused.errors, (name) => `#${at}.${fieldOf(name)}`);
}

function isContactOf(memberId: string, refused: RefusedChange | null): boolean {
  return refused?.typed['kind'] === 'set-contact' && refused.typed['person'] === memberId;
}
