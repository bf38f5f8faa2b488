import { randomUUIDv7 } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { LOG, type Logger } from '#platform';
import { Database, rowsOf, SERVICE, sql, WebhookDelivery, WebhookEndpoint, type Transaction } from '#store';
import { numberEvents } from '../number-events.ts';
import { ownEvents, type OwnEvent } from '../own-events.ts';
import { callEndpoint } from './call-endpoint.ts';
import { MAY_BE_TOLD } from './read-endpoints.ts';
import { WebhookKey } from './webhook-key.ts';

/** Events of one endpoint that become deliveries at once. */
const MOST = 1_000;
/** How long a delivery is kept after its end. */
const KEPT: Temporal.DurationLike = { hours: 30 * 24 };

interface ToldEndpoint extends Pick<WebhookEndpoint, 'id'> {
  readonly toldTo: number;
  readonly mayAnswer: boolean;
}

/**
 * Makes a delivery of each event that is new for an endpoint. It asks for events as a program of the agency would, with
 * the same numbers, so that who is called is told what who asks is told.
 */
@Injectable()
export class TellEndpoints {
  private hasWarned = false;

  constructor(
    private readonly database: Database,
    private readonly key: WebhookKey,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async execute(): Promise<void> {
    const agencies = await this.database.as(SERVICE).rows<{ id: string }>(sql`
      SELECT DISTINCT e.agency_id AS id FROM webhook_endpoint e JOIN agency_client c ON c.id = e.client_id
      WHERE e.removed_at IS NULL AND e.off_since IS NULL AND ${MAY_BE_TOLD}`);
    if (!this.key.isThere) return this.warn(agencies.length);
    for (const { id } of agencies) {
      try {
        await this.database.as(SERVICE).transaction((tx) => tellAgency(tx, id));
      } catch (error) {
        this.log.error({ error, agencyId: id }, 'the webhooks of an agency could not be called for');
      }
    }
    await this.database.as(SERVICE).transaction(forgetOld);
  }

  /** Said once: agencies wait for calls that do not come. */
  private warn(agencies: number): void {
    if (agencies === 0 || this.hasWarned) return;
    this.hasWarned = true;
    this.log.error({ agencies }, 'WEBHOOK_KEY is missing: agencies have webhooks, and none is sent');
  }
}

async function tellAgency(tx: Transaction, agencyId: string): Promise<void> {
  await numberEvents(tx, agencyId);
  const endpoints = await tx.rows<ToldEndpoint>(sql`
    SELECT e.id, e.told_to::int AS "toldTo", 'information:answer' = ANY(c.scopes) AS "mayAnswer"
    FROM webhook_endpoint e JOIN agency_client c ON c.id = e.client_id
    WHERE e.agency_id = ${agencyId} AND e.removed_at IS NULL AND e.off_since IS NULL AND ${MAY_BE_TOLD}
    ORDER BY e.id FOR NO KEY UPDATE OF e`);
  for (const { id, toldTo, mayAnswer } of endpoints) {
    const events = await tx.rows<OwnEvent>(ownEvents(agencyId, mayAnswer, sql`e.position > ${toldTo}`, MOST));
    const last = events.at(-1);
    if (last !== undefined) {
      await tx.insert(rowsOf(WebhookDelivery, ...events.map((event) => newDelivery(tx, id, event))));
      await tx.change(WebhookEndpoint, id, { toldTo: last.position });
    }
    await callEndpoint(tx, id);
  }
}

const newDelivery = (tx: Transaction, endpointId: string, { id, type, position }: OwnEvent) => ({
  ...{ id: randomUUIDv7(), endpointId, messageId: id, position, type, madeAt: tx.now, state: 'waiting' as const },
  ...{ attempts: 0, failures: 0, failingSince: null, dueAt: tx.now, settledAt: null },
});

async function forgetOld(tx: Transaction): Promise<void> {
  const old = sql`
    SELECT id FROM webhook_delivery WHERE settled_at <= ${tx.now.subtract(KEPT)} ORDER BY settled_at LIMIT 1000
    FOR UPDATE SKIP LOCKED`;
  const ids = (await tx.rows<{ id: string }>(old)).map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.run(sql`DELETE FROM webhook_attempt WHERE delivery_id = ANY(${ids}::uuid[])`);
  await tx.run(sql`DELETE FROM webhook_delivery WHERE id = ANY(${ids}::uuid[]) AND settled_at IS NOT NULL`);
}
