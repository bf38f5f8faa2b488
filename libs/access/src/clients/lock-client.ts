import { isUuid, Refused } from '#platform';
import { sql, type Transaction } from '#store';

/** Waits until no other act changes a client. @throws Refused `not-found` */
export async function lockClient(tx: Transaction, id: string) {
  const found = isUuid(id)
    ? await tx.row<{ suspendedAt: Temporal.Instant | null }>(
        sql`SELECT suspended_at AS "suspendedAt" FROM agency_client WHERE id = ${id} FOR NO KEY UPDATE`,
      )
    : null;
  if (found === null) throw new Refused('not-found');
  return found;
}
