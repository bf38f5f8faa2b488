import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { Database, WebhookEndpoint } from '#store';
import { endDeliveriesOf } from './delivery-state.ts';
import { lockEndpoint } from './lock-endpoint.ts';

/** Nothing is sent to an endpoint any more, and its secrets are gone. What was sent stays in its log for 30 days. */
@Injectable()
export class RemoveEndpoint {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found` */
  async execute(id: string, by: AgencyActor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      await lockEndpoint(tx, id, by);
      await tx.change(WebhookEndpoint, id, {
        ...{ removedAt: tx.now, secret: null, oldSecret: null, oldSecretUntil: null },
      });
      await endDeliveriesOf(tx, id);
      await tx.insert(auditEntry(tx, 'webhook.removed', null, { endpointId: id }));
    });
  }
}
