import { auditEntry } from '#audit';
import { backoffSeconds, type Backoff } from '#platform';
import { sql, WebhookEndpoint, type Transaction, type WebhookDelivery } from '#store';
import type { CallOutcome } from './call.ts';
import { postponeDelivery, settleDelivery } from './delivery-state.ts';

/** From seconds to two hours between tries; no answer of a receiver makes it longer. */
const RETRY: Backoff = { firstSeconds: 5, slowestSeconds: 2 * 3_600 };
/** So long a delivery is tried, and an endpoint that takes nothing. */
const TRIED_FOR: Temporal.DurationLike = { hours: 72 };

type Failing = Pick<WebhookDelivery, 'id' | 'state' | 'failures' | 'failingSince'>;

/** The receiver has taken one: what failed before does not count any more. */
export async function noteDelivered(tx: Transaction, endpointId: string): Promise<void> {
  await tx.run(sql`
    UPDATE webhook_endpoint SET failures = 0, failing_since = NULL, rests_until = NULL
    WHERE id = ${endpointId} AND off_since IS NULL`);
}

/** Nothing waits, so nothing fails any more: an old failure does not count with one that comes weeks later. */
export async function noteNothingWaits(tx: Transaction, endpointId: string): Promise<void> {
  await tx.run(sql`
    UPDATE webhook_endpoint e SET failures = 0, failing_since = NULL, rests_until = NULL
    WHERE id = ${endpointId} AND off_since IS NULL AND failures > 0
      AND NOT EXISTS (SELECT 1 FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state = 'waiting')`);
}

/**
 * A call failed: the delivery waits, and the endpoint rests, so that one that is away is not called for each delivery. An
 * endpoint that has taken nothing for 72 hours, or that is gone (410), is switched off, and what waits stays. A delivery
 * that a receiver refuses for 72 hours while it takes others is given up alone.
 */
export async function noteFailure(
  tx: Transaction,
  endpointId: string,
  delivery: Failing,
  { status, fault, waitSeconds }: CallOutcome,
): Promise<void> {
  const { failures, failingSince } = (await tx.one(WebhookEndpoint, { id: endpointId }, ['failures', 'failingSince']))!;
  const endpoint = { failures: failures + 1, failingSince: failingSince ?? tx.now };
  const failing = { failures: delivery.failures + 1, failingSince: delivery.failingSince ?? tx.now };
  await tx.change(WebhookEndpoint, endpointId, { ...endpoint, restsUntil: after(tx, endpoint.failures, waitSeconds) });
  await tx.insert(auditEntry(tx, 'webhook.failed', null, { endpointId, deliveryId: delivery.id, fault, status }));
  const offBecause = fault === 'gone' ? 'gone' : isTooLong(tx, endpoint.failingSince) ? 'failing' : null;
  if (offBecause !== null) {
    await tx.change(WebhookEndpoint, endpointId, { offSince: tx.now, offBecause });
    await tx.insert(auditEntry(tx, 'webhook.switched-off', null, { endpointId, why: offBecause }));
  }
  // One whose endpoint was removed meanwhile waits no more.
  if (delivery.state !== 'waiting') return;
  if (offBecause === null && isTooLong(tx, failing.failingSince)) return settleDelivery(tx, delivery.id, 'failed');
  await postponeDelivery(tx, delivery.id, { ...failing, dueAt: after(tx, failing.failures, waitSeconds) });
}

/** When it is tried again, with jitter, and not before the receiver asks us to. */
function after({ now }: Transaction, failures: number, waitSeconds: number): Temporal.Instant {
  const seconds = Math.max(backoffSeconds(failures, RETRY), Math.min(waitSeconds, RETRY.slowestSeconds));
  return now.add({ milliseconds: Math.round(seconds * 1_000) });
}

const isTooLong = ({ now }: Transaction, since: Temporal.Instant) =>
  Temporal.Instant.compare(now, since.add(TRIED_FOR)) >= 0;
