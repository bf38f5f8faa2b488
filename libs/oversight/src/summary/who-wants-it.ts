import { may, STAFF_ROLES } from '#access';
import { sql, type Transaction } from '#store';

const ROLES = STAFF_ROLES.filter((role) => may({ kind: 'staff', id: '', name: '', role }, 'oversight:read'));

/** The persons to whom the weekly e-mail goes: they want it, read oversight, and have an address that works. */
export async function whoWantsSummary(tx: Transaction): Promise<readonly string[]> {
  const found = await tx.rows<{ id: string }>(sql`
    SELECT m.id FROM staff_member m JOIN preference p ON p.staff_id = m.id
    WHERE m.is_active AND m.role = ANY(${ROLES}) AND m.email <> '' AND m.email_failed_at IS NULL
      AND p.preferences->>'weeklySummary' = 'true'
    ORDER BY m.id`);
  return found.map(({ id }) => id);
}
