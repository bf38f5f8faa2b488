import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Database, sql, WebhookAttempt, WebhookDelivery, type Sql, type Transaction } from '#store';
import { ownEndpoint } from './read-endpoints.ts';

/** Of one delivery; its last tries are what a developer looks for. */
const MOST_ATTEMPTS = 50;

/** One delivery in the log of an endpoint, with its last tries, the latest at the top. */
export interface DeliveryView extends Pick<WebhookDelivery, 'id' | 'type' | 'madeAt' | 'state' | 'dueAt'> {
  /** The header webhook-id of each try, and the id of the event. */
  readonly messageId: string;
  readonly attempts: readonly Pick<WebhookAttempt, 'at' | 'status' | 'fault'>[];
}

export interface ReadDeliveriesQuery {
  readonly endpointId: string;
  /** The last one of the page before; null for the first page. */
  readonly after: { readonly madeAt: string; readonly id: string } | null;
  /** The most that are returned, from 1. */
  readonly limit: number;
  readonly by: AgencyActor;
}

/** The log of an endpoint: what was sent in the last 30 days and what waits, the latest at the top. */
@Injectable()
export class ReadDeliveries {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` */
  async execute({
    endpointId,
    after,
    limit,
    by,
  }: ReadDeliveriesQuery): Promise<{ readonly deliveries: readonly DeliveryView[]; readonly hasMore: boolean }> {
    return this.database.as(by).transaction(async (tx) => {
      await ownEndpoint(tx, endpointId, by);
      const before = sql`(d.made_at, d.id) < (${after?.madeAt ?? 'infinity'}::timestamptz, ${after?.id ?? FIRST}::uuid)`;
      const found = await deliveriesWhere(tx, endpointId, before, limit + 1);
      const deliveries = found.slice(0, limit);
      await tx.insert(auditEntry(tx, 'webhook.log-read', null, { endpointId, lines: deliveries.length }));
      return { deliveries, hasMore: found.length > limit };
    });
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000';

/** One delivery of an endpoint. @throws Refused `not-found` */
export async function ownDelivery(tx: Transaction, endpointId: string, id: string): Promise<DeliveryView> {
  const [found] = isUuid(id) ? await deliveriesWhere(tx, endpointId, sql`d.id = ${id}`, 1) : [];
  if (found === undefined) throw new Refused('not-found');
  return found;
}

async function deliveriesWhere(
  tx: Transaction,
  endpointId: string,
  which: Sql,
  limit: number,
): Promise<readonly DeliveryView[]> {
  const found = await tx.rows<Omit<DeliveryView, 'attempts'>>(sql`
    SELECT d.id, d.message_id AS "messageId", d.type, d.made_at AS "madeAt", d.state, d.due_at AS "dueAt"
    FROM webhook_delivery d WHERE d.endpoint_id = ${endpointId} AND ${which}
    ORDER BY d.made_at DESC, d.id DESC LIMIT ${limit}`);
  const attempts = await tx.rows<Pick<WebhookAttempt, 'deliveryId' | 'at' | 'status' | 'fault'>>(sql`
    SELECT a.delivery_id AS "deliveryId", a.at, a.status, a.fault
    FROM unnest(${found.map(({ id }) => id)}::uuid[]) one (id)
    CROSS JOIN LATERAL (SELECT * FROM webhook_attempt WHERE delivery_id = one.id ORDER BY number DESC
      LIMIT ${MOST_ATTEMPTS}) a
    ORDER BY a.delivery_id, a.number DESC`);
  const of = Map.groupBy(attempts, ({ deliveryId }) => deliveryId);
  return found.map((one) => ({
    ...one,
    attempts: (of.get(one.id) ?? []).map(({ at, status, fault }) => ({ at, status, fault })),
  }));
}
