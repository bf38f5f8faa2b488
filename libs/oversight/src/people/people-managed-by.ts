import type { StaffRole } from '#access';
import { sql, type Transaction } from '#store';
import { rolesManagedBy } from '../supervision/who-manages.ts';

/** The people whom a person of a role manages, those who have left too, in the order of their names. */
export async function peopleManagedBy(
  tx: Transaction,
  role: StaffRole,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const found = await tx.rows<{ id: string; name: string }>(
    sql`SELECT id, name FROM staff_member WHERE role = ANY(${rolesManagedBy(role)})`,
  );
  return found.toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.id < b.id ? -1 : 1));
}
