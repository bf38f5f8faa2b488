import { may, STAFF_ROLES, type Action, type StaffRole } from './policy.ts';
import { roleInWords } from './role-words.ts';

const MANY: Partial<Record<StaffRole, string>> = { head_of_service: 'heads of service' };

/** The roles that may do something, such as `social workers, practice managers and auditors`; null for none. */
export function whoMayInWords(action: Action): string | null {
  const roles = STAFF_ROLES.filter((role) => may({ kind: 'staff', id: '', name: '', role }, action));
  const words = roles.map((role) => MANY[role] ?? `${roleInWords(role)}s`);
  const last = words.pop();
  if (last === undefined) return null;
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}
