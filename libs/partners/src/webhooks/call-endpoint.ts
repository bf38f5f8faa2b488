import { callFor } from '#jobs';
import { sql, type Transaction } from '#store';
import { MAY_BE_TOLD } from './read-endpoints.ts';

/**
 * When the first of what waits for an endpoint is to be sent, and the endpoint is not at rest.
 *
 * @returns null where nothing waits, where it is switched off or removed, or where its program may not be told
 */
export async function nextCall(tx: Transaction, endpointId: string): Promise<Temporal.Instant | null> {
  const next = await tx.row<{ at: Temporal.Instant | null }>(sql`
    SELECT greatest(min(d.due_at), max(e.rests_until), ${tx.now}) AS at
    FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id JOIN agency_client c ON c.id = e.client_id
    WHERE d.endpoint_id = ${endpointId} AND d.state = 'waiting' AND e.off_since IS NULL AND e.removed_at IS NULL
      AND ${MAY_BE_TOLD}
    HAVING count(*) > 0`);
  return next?.at ?? null;
}

/** Has what waits for an endpoint sent when it is due. The endpoint is locked. */
export async function callEndpoint(tx: Transaction, endpointId: string): Promise<void> {
  const at = await nextCall(tx, endpointId);
  if (at !== null) await callFor(tx, 'send-webhooks', { endpointId }, at);
}
