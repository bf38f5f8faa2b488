import { Injectable } from '@nestjs/common';
import { jobRows } from '#jobs';
import { FetchOutbound } from '#platform';
import { sql, type Transaction, type WebhookDelivery, timeOutside } from '#store';
import { ownEvents, toldEvent, type OwnEvent } from '../own-events.ts';
import { call, type CallOutcome } from './call.ts';
import { nextCall } from './call-endpoint.ts';
import { noteCalls, type Tried } from './note-calls.ts';
import { MAY_BE_TOLD } from './read-endpoints.ts';
import { WebhookKey } from './webhook-key.ts';

/** What one job sends: the next one goes on, so that no job holds its transaction for long. */
const MOST = 20;
const MOST_MS = 3_000;

interface Receiver {
  readonly id: string;
  readonly agencyId: string;
  readonly address: string;
  readonly secret: Buffer;
  /** While it signs as well; null otherwise. */
  readonly oldSecret: Buffer | null;
  readonly mayAnswer: boolean;
}

type Due = Pick<WebhookDelivery, 'id' | 'messageId' | 'type' | 'madeAt'> & { readonly position: number | null };

/**
 * Sends an endpoint what waits for it, one after the other, until one fails. The job's transaction is open meanwhile and
 * the job is locked, so that one worker sends; no other row is. When that worker dies, all that the job sent is sent again
 * with the same webhook-id.
 */
@Injectable()
export class SendWebhooks {
  constructor(
    private readonly outbound: FetchOutbound,
    private readonly key: WebhookKey,
  ) {}

  /** @throws Error when the secret of the endpoint cannot be opened: the job stays, and an operator is told */
  async handle({ endpointId }: { readonly endpointId: string }, tx: Transaction): Promise<void> {
    const next = await nextCall(tx, endpointId);
    if (next !== null && Temporal.Instant.compare(next, tx.now) <= 0) {
      await noteCalls(tx, endpointId, await this.callInTurn(tx, endpointId));
    }
    // This job is still open: the next one stands beside it.
    const at = await nextCall(tx, endpointId);
    if (at !== null) await tx.insert(jobRows(tx, 'send-webhooks', [{ endpointId }], 'green', at));
  }

  private async callInTurn(tx: Transaction, endpointId: string): Promise<readonly Tried[]> {
    const tried: Tried[] = [];
    const begun = performance.now();
    while (tried.length < MOST && performance.now() - begun < MOST_MS) {
      // Looked at for each call, as it is at that moment: who may not be told any more is not.
      const receiver = await receiverOf(tx, endpointId);
      const done = tried.map(({ id }) => id);
      const delivery = receiver && (await nextDelivery(tx, endpointId, done));
      if (receiver === null || delivery === null) break;
      const message = await messageOf(tx, receiver, delivery);
      const outcome = message && (await this.send(receiver, delivery, message, await timeOutside(tx)));
      tried.push({ id: delivery.id, outcome });
      if (outcome !== null && outcome.fault !== null) break;
    }
    return tried;
  }

  private send(
    { id, address, secret, oldSecret }: Receiver,
    { messageId }: Due,
    message: object,
    at: Temporal.Instant,
  ): Promise<CallOutcome> {
    const secrets = [secret, ...(oldSecret === null ? [] : [oldSecret])].map((one) => this.key.open(one, id));
    return call(this.outbound, { address, secrets, messageId, message, at });
  }
}

/** Null for one that is removed or switched off, or whose program may not be told. */
async function receiverOf(tx: Transaction, endpointId: string): Promise<Receiver | null> {
  return tx.row<Receiver>(sql`
    SELECT e.id, e.agency_id AS "agencyId", e.address, e.secret,
      CASE WHEN e.old_secret_until > ${tx.now} THEN e.old_secret END AS "oldSecret",
      'information:answer' = ANY(c.scopes) AS "mayAnswer"
    FROM webhook_endpoint e JOIN agency_client c ON c.id = e.client_id
    WHERE e.id = ${endpointId} AND e.removed_at IS NULL AND e.off_since IS NULL AND ${MAY_BE_TOLD}`);
}

async function nextDelivery(tx: Transaction, endpointId: string, done: readonly string[]): Promise<Due | null> {
  return tx.row<Due>(sql`
    SELECT id, message_id AS "messageId", type, made_at AS "madeAt", position::int FROM webhook_delivery
    WHERE endpoint_id = ${endpointId} AND state = 'waiting' AND due_at <= ${tx.now} AND id <> ALL(${done}::uuid[])
    ORDER BY due_at, position NULLS FIRST, id LIMIT 1`);
}

/** What a delivery says; null where the agency may not know of it any more. */
async function messageOf(
  tx: Transaction,
  { agencyId, mayAnswer }: Receiver,
  { messageId, type, madeAt, position }: Due,
): Promise<object | null> {
  if (position === null) return { id: messageId, type, occurredAt: madeAt.toString(), data: {} };
  const event = await tx.row<OwnEvent>(ownEvents(agencyId, mayAnswer, sql`e.position = ${position}`, 1));
  return event === null ? null : toldEvent(event);
}
