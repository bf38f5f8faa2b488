import { sql, type Transaction } from '#store';

/** Names of the groups whose code is an id: agencies and persons. Of a group of another code there is none. */
export async function namesOf(tx: Transaction, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await tx.rows<{ id: string; name: string }>(sql`
    SELECT id, name FROM agency WHERE id::text = ANY(${codes})
    UNION ALL SELECT id, name FROM staff_member WHERE id::text = ANY(${codes})`);
  return new Map(found.map(({ id, name }) => [id, name]));
}
