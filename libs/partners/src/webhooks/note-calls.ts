import { auditEntry } from '#audit';
import { rowsOf, sql, WebhookAttempt, type Transaction, type WebhookDelivery } from '#store';
import type { CallOutcome } from './call.ts';
import { settleDelivery } from './delivery-state.ts';
import { noteDelivered, noteFailure, noteNothingWaits } from './endpoint-state.ts';

/** A delivery that was tried. */
export interface Tried {
  readonly id: string;
  /** Null for one that was not sent: the agency may not know of it any more. */
  readonly outcome: CallOutcome | null;
}

/** Records what became of the calls of an endpoint. Others may have changed it meanwhile; from here on they wait. */
export async function noteCalls(tx: Transaction, endpointId: string, tried: readonly Tried[]): Promise<void> {
  await tx.rows(sql`SELECT 1 FROM webhook_endpoint WHERE id = ${endpointId} FOR NO KEY UPDATE`);
  let delivered = 0;
  for (const { id, outcome } of tried) {
    if (outcome === null) await settleDelivery(tx, id, 'not_sent');
    else if (await noteCall(tx, endpointId, id, outcome)) delivered += 1;
  }
  await noteNothingWaits(tx, endpointId);
  if (delivered > 0) await tx.insert(auditEntry(tx, 'webhook.delivered', null, { endpointId, lines: delivered }));
}

type Standing = Pick<WebhookDelivery, 'id' | 'state' | 'attempts' | 'failures' | 'failingSince'>;

/** @returns whether the receiver has it */
async function noteCall(tx: Transaction, endpointId: string, id: string, outcome: CallOutcome): Promise<boolean> {
  const { status, fault } = outcome;
  const delivery = (await tx.row<Standing>(sql`
    UPDATE webhook_delivery SET attempts = attempts + 1 WHERE id = ${id}
    RETURNING id, state, attempts, failures, failing_since AS "failingSince"`))!;
  await tx.insert(rowsOf(WebhookAttempt, { deliveryId: id, number: delivery.attempts, at: tx.now, status, fault }));
  if (fault !== null) {
    await noteFailure(tx, endpointId, delivery, outcome);
    return false;
  }
  await settleDelivery(tx, id, 'delivered');
  await noteDelivered(tx, endpointId);
  return true;
}
