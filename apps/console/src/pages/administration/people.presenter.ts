import { roleInWords, STAFF_ROLES, type AgencyInFull } from '#access';
import { ALERT_GROUPS, codeInWords } from '#domain';
import type { PersonLine } from '#work';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { CheckboxesArgs } from '../../shell/govuk/args.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { addressInWords } from './address-in-words.ts';
import { FIRST, type Sent } from './administration.presenter.ts';
import { MAPPED_ROLES, roleItems } from './roles.presenter.ts';

export function presentPeople(
  people: readonly PersonLine[],
  agencies: readonly AgencyInFull[],
  { typed, errors }: Sent,
) {
  const fields = new FormFields(typed, errors);
  const { groups = [] } = typed as { readonly groups?: readonly string[] };
  return {
    people: people.map(({ id, name, role, email, emailFailedAt, agency, groups: of, isActive }) => ({
      ...{
        href: `/administration/people/${id}`,
        name,
        email: addressInWords(email),
        agency: agency ?? 'The hub',
        isActive,
      },
      role: roleInWords(role),
      groups: of.map(codeInWords).join(', '),
      fails: emailFailedAt !== null,
    })),
    groupLines: ALERT_GROUPS.map((group) => ({
      group: codeInWords(group),
      people: people
        .filter((one) => one.isActive && one.groups.includes(group))
        .map(({ id, name }) => ({ href: `/administration/people/${id}`, name })),
    })),
    isAdding: errors !== null,
    name: fields.input('name', { label: 'Name' }),
    subject: fields.input('subject', {
      label: 'What your identity provider calls the person',
      hint: 'The sub of their sign-in. The console shows it to a person who signs in and is not known yet',
    }),
    email: fields.input('email', { label: 'E-mail' }, { type: 'email' }),
    role: fields.select('role', { label: 'Role' }, roleItems(STAFF_ROLES)),
    agency: fields.select('agency', { label: 'Agency', hint: 'For a partner' }, [
      FIRST,
      ...agencies.map(({ id, name }) => ({ value: id, text: name })),
    ]),
    groups: groupBoxes(groups),
    errorSummary: errorSummary(errors),
  };
}

export function presentPerson(
  { id, name, role, email, emailFailedAt, agency, groups, addedAt, isActive, isFromProvider }: PersonLine,
  { typed, errors }: Sent,
  at: { readonly now: Temporal.Instant; readonly zone: string },
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, at.now, at.zone);
  return {
    ...{ name, role: roleInWords(role), agency: agency ?? 'The hub', groups: groups.map(codeInWords).join(', ') },
    ...{ added: when(addedAt), fails: emailFailedAt && when(emailFailedAt), isActive, current: email, isFromProvider },
    ...{
      isPartner: role === 'partner',
      newRole: new FormFields({ role, ...typed }, errors).select(
        'role',
        { label: 'Role' },
        roleItems(isFromProvider ? [role] : MAPPED_ROLES),
      ),
    },
    groupBoxes: groupBoxes((typed as { readonly groups?: readonly string[] }).groups ?? groups),
    at: `/administration/people/${id}`,
    email: new FormFields({ email, ...typed }, errors).input('email', { label: 'E-mail' }, { type: 'email' }),
    errorSummary: errorSummary(errors),
  };
}

/** @param ticked codes of groups */
function groupBoxes(ticked: readonly string[]): CheckboxesArgs {
  return {
    ...{ name: 'groups', idPrefix: 'groups', classes: 'govuk-checkboxes--small' },
    fieldset: { legend: { text: 'Which alerts do they answer?' } },
    hint: { text: 'Only those who work on referrals answer alerts' },
    items: ALERT_GROUPS.map((value) => ({ value, text: codeInWords(value), checked: ticked.includes(value) })),
  };
}
