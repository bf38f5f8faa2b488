import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { JobNudge } from '#jobs';
import { Refused } from '#platform';
import { Database, rowsOf, sql, WebhookDelivery } from '#store';
import { callEndpoint } from './call-endpoint.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { ownDelivery, type DeliveryView } from './read-deliveries.ts';

/** Sends an endpoint a test, which is about nothing. While one waits there is no other. */
@Injectable()
export class TestEndpoint {
  constructor(
    private readonly database: Database,
    private readonly relay: JobNudge,
  ) {}

  /** @throws Refused `not-found`, or `webhook-off` for one that is switched off */
  async execute(id: string, by: AgencyActor): Promise<DeliveryView> {
    const done = await this.database.as(by).transaction(async (tx) => {
      const { offSince } = await lockEndpoint(tx, id, by);
      if (offSince !== null) throw new Refused('webhook-off');
      const waits = await tx.row<{ id: string }>(sql`
        SELECT id FROM webhook_delivery WHERE endpoint_id = ${id} AND type = 'webhook.test' AND state = 'waiting'`);
      const deliveryId = waits?.id ?? randomUUIDv7();
      if (waits === null) {
        await tx.insert(
          rowsOf(WebhookDelivery, {
            ...{ id: deliveryId, endpointId: id, messageId: randomUUIDv7(), position: null, type: 'webhook.test' },
            ...{ madeAt: tx.now, state: 'waiting', attempts: 0, failures: 0, failingSince: null, dueAt: tx.now },
            settledAt: null,
          }),
        );
      }
      await callEndpoint(tx, id);
      await tx.insert(auditEntry(tx, 'webhook.tested', null, { endpointId: id, deliveryId }));
      return ownDelivery(tx, id, deliveryId);
    });
    this.relay.nudge();
    return done;
  }
}
