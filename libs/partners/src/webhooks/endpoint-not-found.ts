import { isUuid, Refused } from '#platform';
import { sql, type Transaction } from '#store';

/**
 * What an agency is answered for an endpoint that is not its own: that it is not there. The record knows when it is another
 * agency's (decision record 7).
 */
export async function endpointNotFound(tx: Transaction, id: string, agencyId: string): Promise<Refused> {
  const isAnothers =
    isUuid(id) &&
    (await tx.overAll((all) =>
      all.row(sql`SELECT 1 FROM webhook_endpoint WHERE id = ${id} AND agency_id <> ${agencyId}`),
    )) !== null;
  return isAnothers ? Refused.byPolicy() : new Refused('not-found');
}
