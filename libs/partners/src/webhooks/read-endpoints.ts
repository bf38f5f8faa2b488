import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid } from '#platform';
import { Database, sql, type Sql, type Transaction, type WebhookEndpoint } from '#store';
import { endpointNotFound } from './endpoint-not-found.ts';

/** An endpoint as its agency and an administrator see it: without its secret. */
export interface EndpointView {
  readonly id: string;
  readonly address: string;
  /** The program that added it. */
  readonly clientId: string;
  readonly addedAt: Temporal.Instant;
  /** `suspended` is one whose program is, or has lost the scope: nothing is sent to it. */
  readonly state: 'on' | 'failing' | 'off' | 'suspended';
  /** Since when each try has failed. */
  readonly failingSince: Temporal.Instant | null;
  readonly offSince: Temporal.Instant | null;
  readonly offBecause: WebhookEndpoint['offBecause'];
  /** Until when the secret of before signs as well; null where none does. */
  readonly oldSecretUntil: Temporal.Instant | null;
  readonly lastDeliveredAt: Temporal.Instant | null;
  /** Deliveries that wait. */
  readonly waiting: number;
}

/** Whether the program of an endpoint may be told. */
export const MAY_BE_TOLD = sql`c.suspended_at IS NULL AND 'webhooks:manage' = ANY(c.scopes)
  AND c.agency_id IN (SELECT id FROM agency WHERE suspended_at IS NULL)`;

/** Endpoints that are not removed, the first at the top. */
export async function endpointsWhere(tx: Transaction, which: Sql): Promise<readonly EndpointView[]> {
  return tx.rows<EndpointView>(sql`
    SELECT e.id, e.address, e.client_id AS "clientId", e.added_at AS "addedAt", e.failing_since AS "failingSince",
      e.off_since AS "offSince", e.off_because AS "offBecause",
      CASE WHEN e.off_since IS NOT NULL THEN 'off' WHEN NOT (${MAY_BE_TOLD}) THEN 'suspended'
        WHEN e.failures > 0 THEN 'failing' ELSE 'on' END AS state,
      CASE WHEN e.old_secret_until > ${tx.now} THEN e.old_secret_until END AS "oldSecretUntil",
      (SELECT max(settled_at) FROM webhook_delivery WHERE endpoint_id = e.id AND state = 'delivered')
        AS "lastDeliveredAt",
      (SELECT count(*)::int FROM webhook_delivery WHERE endpoint_id = e.id AND state = 'waiting') AS waiting
    FROM webhook_endpoint e JOIN agency_client c ON c.id = e.client_id
    WHERE e.removed_at IS NULL AND ${which} ORDER BY e.added_at, e.id`);
}

/** The endpoints of an agency, for a program of it. Reading them is on the record. */
@Injectable()
export class ReadEndpoints {
  constructor(private readonly database: Database) {}

  async all(by: AgencyActor): Promise<readonly EndpointView[]> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await endpointsWhere(tx, sql`e.agency_id = ${by.id}`);
      await tx.insert(auditEntry(tx, 'webhooks.read', null, { lines: found.length }));
      return found;
    });
  }

  /** @throws Refused `not-found`, also for one of another agency, which the record notes */
  async one(id: string, by: AgencyActor): Promise<EndpointView> {
    return this.database.as(by).transaction(async (tx) => {
      const endpoint = await ownEndpoint(tx, id, by);
      await tx.insert(auditEntry(tx, 'webhooks.read', null, { lines: 1, endpointId: id }));
      return endpoint;
    });
  }
}

/** @throws Refused `not-found`, also for one of another agency, which the record notes */
export async function ownEndpoint(tx: Transaction, id: string, by: AgencyActor): Promise<EndpointView> {
  const [found] = isUuid(id) ? await endpointsWhere(tx, sql`e.id = ${id} AND e.agency_id = ${by.id}`) : [];
  if (found !== undefined) return found;
  throw await endpointNotFound(tx, id, by.id);
}
