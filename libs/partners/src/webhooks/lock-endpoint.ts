import type { AgencyActor } from '#access';
import { isUuid } from '#platform';
import { sql, type Transaction, type WebhookEndpoint } from '#store';
import { endpointNotFound } from './endpoint-not-found.ts';

/** An endpoint as those see it who change it. */
export type LockedEndpoint = Pick<WebhookEndpoint, 'id' | 'secret' | 'offSince'>;

/**
 * Waits until no other act changes an endpoint of the agency.
 *
 * @throws Refused `not-found` for one that is not there, is removed, or is another agency's, which the record notes
 */
export async function lockEndpoint(tx: Transaction, id: string, by: AgencyActor): Promise<LockedEndpoint> {
  const found = isUuid(id)
    ? await tx.row<LockedEndpoint>(sql`
        SELECT id, secret, off_since AS "offSince" FROM webhook_endpoint
        WHERE id = ${id} AND agency_id = ${by.id} AND removed_at IS NULL FOR NO KEY UPDATE`)
    : null;
  if (found === null) throw await endpointNotFound(tx, id, by.id);
  return found;
}
