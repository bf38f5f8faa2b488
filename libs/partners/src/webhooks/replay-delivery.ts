import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { JobNudge } from '#jobs';
import { Refused } from '#platform';
import { Database } from '#store';
import { callEndpoint } from './call-endpoint.ts';
import { replay } from './delivery-state.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { ownDelivery, type DeliveryView } from './read-deliveries.ts';

/** Sends one delivery of an endpoint again, under the same webhook-id; one that waits is sent now. */
@Injectable()
export class ReplayDelivery {
  constructor(
    private readonly database: Database,
    private readonly relay: JobNudge,
  ) {}

  /** @throws Refused `not-found`, or `webhook-off` for an endpoint that is switched off */
  async execute(id: string, deliveryId: string, by: AgencyActor): Promise<DeliveryView> {
    const done = await this.database.as(by).transaction(async (tx) => {
      const { offSince } = await lockEndpoint(tx, id, by);
      await ownDelivery(tx, id, deliveryId);
      if (offSince !== null) throw new Refused('webhook-off');
      await replay(tx, deliveryId);
      await callEndpoint(tx, id);
      await tx.insert(auditEntry(tx, 'webhook.replayed', null, { endpointId: id, deliveryId }));
      return ownDelivery(tx, id, deliveryId);
    });
    this.relay.nudge();
    return done;
  }
}
