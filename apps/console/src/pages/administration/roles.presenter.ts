import { roleInWords, STAFF_ROLES, type StaffRole } from '#access';
import { codeInWords } from '#domain';
import type { MappedRole, RoleMappingLine } from '#work';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import type { Sent } from './administration.presenter.ts';

/** A partner works for an agency, which no value says. */
export const MAPPED_ROLES = STAFF_ROLES.filter((role): role is MappedRole => role !== 'partner');

export function presentRoles(mappings: readonly RoleMappingLine[], { typed, errors }: Sent) {
  const fields = new FormFields(typed, errors);
  return {
    mappings: mappings.map(({ id, value, role }, index) => ({
      ...{ at: `/administration/roles/${id}`, value, role: roleInWords(role), place: index + 1 },
      isFirst: index === 0,
    })),
    value: fields.input('value', {
      label: 'Value of the claim roles',
      hint: 'As the identity provider sends it, such as the value of an app role of Microsoft Entra',
    }),
    role: fields.select('role', { label: 'Role at the hub' }, roleItems(MAPPED_ROLES)),
    errorSummary: errorSummary(errors),
  };
}

export function roleItems(roles: readonly StaffRole[]) {
  return [
    { value: '', text: 'Select one' },
    ...roles.map((value) => ({ value, text: codeInWords(roleInWords(value)) })),
  ];
}
