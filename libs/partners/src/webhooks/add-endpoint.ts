import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Database, rowsOf, sql, WebhookEndpoint } from '#store';
import { numberEvents } from '../number-events.ts';
import { endpointsWhere, type EndpointView } from './read-endpoints.ts';
import { newSecret, WebhookKey } from './webhook-key.ts';

/** An agency has as many programs and their stand-bys. */
const MOST = 5;

/** An endpoint with its secret, which is shown this once. */
export interface EndpointWithSecret {
  readonly endpoint: EndpointView;
  readonly secret: string;
}

/** A program of an agency says where it is told of what happens from now on. */
@Injectable()
export class AddEndpoint {
  constructor(
    private readonly database: Database,
    private readonly key: WebhookKey,
  ) {}

  /**
   * @param address as {@link readEndpoint} read it
   * @throws Refused `webhooks-off`, `webhook-address-taken`, or `webhook-endpoints-enough`
   */
  async execute(address: string, by: AgencyActor): Promise<EndpointWithSecret> {
    const [id, secret] = [randomUUIDv7(), newSecret()];
    const sealed = this.key.close(secret, id);
    return this.database.as(by).transaction(async (tx) => {
      // Its lock also lets one program at a time add an endpoint of the agency. What happened before is not told.
      while (await numberEvents(tx, by.id));
      const there = await tx.rows<{ address: string }>(
        sql`SELECT address FROM webhook_endpoint WHERE agency_id = ${by.id} AND removed_at IS NULL`,
      );
      if (there.some((one) => one.address === address)) throw new Refused('webhook-address-taken');
      if (there.length >= MOST) throw new Refused('webhook-endpoints-enough');
      const { last } = (await tx.row<{ last: number }>(
        sql`SELECT coalesce(max(position), 0)::int AS last FROM agency_event WHERE agency_id = ${by.id}`,
      ))!;
      await tx.insert(
        rowsOf(WebhookEndpoint, {
          ...{ id, agencyId: by.id, clientId: by.clientId, address, addedAt: tx.now, secret: sealed, toldTo: last },
          ...{ oldSecret: null, oldSecretUntil: null, failures: 0, failingSince: null, restsUntil: null },
          ...{ offSince: null, offBecause: null, removedAt: null },
        }),
        auditEntry(tx, 'webhook.added', null, { endpointId: id, clientId: by.clientId }),
      );
      const [endpoint] = await endpointsWhere(tx, sql`e.id = ${id}`);
      return { endpoint: endpoint!, secret };
    });
  }
}
