import type { AgencyActor } from '#access';
import { isUuid, Refused } from '#platform';
import { sql, WebhookEndpoint, type Transaction } from '#store';

/** An endpoint as those see it who change it. */
export type LockedEndpoint = Pick<WebhookEndpoint, 'id' | 'secret' | 'offSince'>;

/**
 * Waits until no other act changes an endpoint of the agency.
 *
 * @throws Refused `not-found` for one that is not there, is removed, or is another agency's, which the record notes
 */
export async function lockEndpoint(tx: Transaction, id: string, by: AgencyActor): Promise<LockedEndpoint> {
  const found = isUuid(id)
    ? await tx.row<LockedEndpoint & Pick<WebhookEndpoint, 'agencyId'>>(sql`
        SELECT id, agency_id AS "agencyId", secret, off_since AS "offSince" FROM webhook_endpoint
        WHERE id = ${id} AND removed_at IS NULL FOR NO KEY UPDATE`)
    : null;
  if (found?.agencyId === by.id) return found;
  throw found === null ? new Refused('not-found') : Refused.byPolicy();
}
