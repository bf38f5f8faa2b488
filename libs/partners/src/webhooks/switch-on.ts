import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { JobNudge } from '#jobs';
import { Database, WebhookEndpoint } from '#store';
import { callEndpoint } from './call-endpoint.ts';
import { makeDueAnew } from './delivery-state.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { ownEndpoint, type EndpointView } from './read-endpoints.ts';

/** The receiver works again: what waits is sent, and what happened meanwhile, for as long as events are kept. */
@Injectable()
export class SwitchOnEndpoint {
  constructor(
    private readonly database: Database,
    private readonly relay: JobNudge,
  ) {}

  /** Of one that is on, and only at rest after a failure, the rest ends. @throws Refused `not-found` */
  async execute(id: string, by: AgencyActor): Promise<EndpointView> {
    const done = await this.database.as(by).transaction(async (tx) => {
      await lockEndpoint(tx, id, by);
      await tx.change(WebhookEndpoint, id, {
        ...{ offSince: null, offBecause: null, failures: 0, failingSince: null, restsUntil: null },
      });
      await makeDueAnew(tx, id);
      await callEndpoint(tx, id);
      await tx.insert(auditEntry(tx, 'webhook.switched-on', null, { endpointId: id }));
      return ownEndpoint(tx, id, by);
    });
    this.relay.nudge();
    return done;
  }
}
