import { sql, type Transaction } from '#store';

/** Whether an agency has a person who signs in and can be told by a message. */
export async function hasPeople(tx: Transaction, agencyId: string): Promise<boolean> {
  const found = await tx.row(sql`SELECT 1 FROM staff_member WHERE agency_id = ${agencyId} AND is_active LIMIT 1`);
  return found !== null;
}
