import { sql, type Transaction } from '#store';

/** Whether the agency has a person who signs in and can be told. */
export async function hasPeople(tx: Transaction, agencyId: string): Promise<boolean> {
  const found = await tx.row(sql`SELECT 1 FROM staff_member WHERE agency_id = ${agencyId} AND is_active LIMIT 1`);
  return found !== null;
}
