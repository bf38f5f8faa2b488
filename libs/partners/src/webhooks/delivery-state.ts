import { sql, WebhookDelivery, type Transaction } from '#store';

/*
 * Which state a delivery to an endpoint may go to next. Every statement that changes one is in this file.
 *
 *   waiting → delivered     the receiver answered 2xx
 *   waiting → waiting       it did not: tried again later
 *   waiting → failed        for 72 hours it did not
 *   waiting → not_sent      the agency may not know of it any more, or the endpoint is removed
 *   delivered | failed | not_sent → waiting     the agency asks for it again
 */

const END = { dueAt: null } as const;

export async function settleDelivery(
  tx: Transaction,
  id: string,
  state: 'delivered' | 'failed' | 'not_sent',
): Promise<void> {
  await tx.change(WebhookDelivery, id, { state, settledAt: tx.now, ...END });
}

/** @param dueAt when it is tried again */
export async function postponeDelivery(
  tx: Transaction,
  id: string,
  { dueAt, failures, failingSince }: Pick<WebhookDelivery, 'failures' | 'failingSince'> & { dueAt: Temporal.Instant },
): Promise<void> {
  await tx.change(WebhookDelivery, id, { dueAt, failures, failingSince });
}

/** Sends one again, from the beginning: at once, and for another 72 hours. */
export async function replay(tx: Transaction, id: string): Promise<void> {
  const anew = { dueAt: tx.now, settledAt: null, failures: 0, failingSince: null };
  await tx.change(WebhookDelivery, id, { state: 'waiting', ...anew });
}

/** What waits for an endpoint that is switched on again is due now, and for another 72 hours. */
export async function makeDueAnew(tx: Transaction, endpointId: string): Promise<void> {
  await tx.run(sql`
    UPDATE webhook_delivery SET due_at = ${tx.now}, failures = 0, failing_since = NULL
    WHERE endpoint_id = ${endpointId} AND state = 'waiting'`);
}

/** What waits for an endpoint that is removed is not sent. */
export async function endDeliveriesOf(tx: Transaction, endpointId: string): Promise<void> {
  await tx.run(sql`
    UPDATE webhook_delivery SET state = 'not_sent', due_at = NULL, settled_at = ${tx.now}
    WHERE endpoint_id = ${endpointId} AND state = 'waiting'`);
}
