import { ALERT_GROUPS, foldName, type AlertGroup } from '#domain';
import { readEmailAddress } from '#platform';
import { may, STAFF_ROLES, type StaffRole } from '../policy.ts';
import { roleInWords } from '../role-words.ts';
import type { NewStaffMember } from '../staff.ts';
import type { ImportedRow } from './imported-row.ts';
import { codeOf, type Columns, type TableRow } from './table.ts';

export const PEOPLE_COLUMNS: Columns = {
  needed: ['name', 'subject', 'email', 'role'],
  more: ['agency', 'alert_groups'],
};

/** What the hub has that a table of people is compared with. */
export interface PeopleThere {
  /** What the identity provider calls those who work here. */
  readonly subjects: readonly string[];
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
}

/** The people of a table: the hub's own, and partners with the name of their agency. */
export function peopleInTable(rows: readonly TableRow[], there: PeopleThere): readonly ImportedRow<NewStaffMember>[] {
  const known = new Set(there.subjects);
  const agencyIds = new Map(there.agencies.map(({ id, name }) => [foldName(name) || name, id]));
  const lineOf = new Map<string, number>();
  return rows.map(({ line, cells }) => {
    const { name = '', subject = '', agency = '', alert_groups: groups = '' } = cells;
    const first = lineOf.get(subject);
    lineOf.set(subject, first ?? line);
    const role = roleOf(cells['role'] ?? '');
    const email = readEmailAddress(cells['email'] ?? '');
    const agencyId = agencyIds.get(foldName(agency) || agency);
    const alertGroups = groups
      .split(/[|/+]/)
      .map(codeOf)
      .filter((one) => one !== '');
    const answers = role !== null && may({ kind: 'staff', id: '', name, role }, 'alert:acknowledge');
    const faults = [
      ...tooLong('name', name),
      ...tooLong('subject', subject),
      ...(first === undefined || subject === '' ? [] : [`line ${first} has the same subject`]),
      ...(email === null ? ['the e-mail address is none, such as name@example.org'] : []),
      ...(role === null ? [`the role is one of: ${STAFF_ROLES.map(roleInWords).join(', ')}`] : []),
      ...(role === 'partner' && agencyId === undefined
        ? ['a partner needs the name of an agency that the hub has']
        : []),
      ...(role !== 'partner' && agency !== '' ? ['only a partner has an agency'] : []),
      ...(alertGroups.every((one) => (ALERT_GROUPS as readonly string[]).includes(one))
        ? []
        : [`alert groups, with a | between them, are: ${ALERT_GROUPS.join(', ')}`]),
      ...(alertGroups.length > 0 && role !== null && !answers ? ['this role answers no alerts'] : []),
    ];
    const isThere = known.has(subject);
    const isAdded = !isThere && faults.length === 0;
    const person = { name, subject, email: email!, role: role!, alertGroups: alertGroups as readonly AlertGroup[] };
    return {
      ...{ line, name, faults, isThere },
      adds: isAdded ? { ...person, ...(role === 'partner' && { agencyId: agencyId! }) } : null,
    };
  });
}

/** By its code, or as people say it. */
function roleOf(cell: string): StaffRole | null {
  return STAFF_ROLES.find((role) => [role, codeOf(roleInWords(role))].includes(codeOf(cell))) ?? null;
}

function tooLong(column: string, text: string): readonly string[] {
  if (text === '') return [`it has no ${column}`];
  return [...text].length > 200 ? [`the ${column} has more than 200 characters`] : [];
}
