import { Injectable } from '@nestjs/common';
import type { AgencyActor } from '#access';
import { auditEntry } from '#audit';
import { Database, WebhookEndpoint } from '#store';
import type { EndpointWithSecret } from './add-endpoint.ts';
import { lockEndpoint } from './lock-endpoint.ts';
import { ownEndpoint } from './read-endpoints.ts';
import { newSecret, WebhookKey } from './webhook-key.ts';

/** A receiver has so long to take the next secret. */
const BOTH_FOR: Temporal.DurationLike = { hours: 24 };

/**
 * Gives an endpoint its next secret. The one before signs as well for a day; the one before that ends, so that an
 * agency that rotates twice ends a secret that others have at once.
 */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly database: Database,
    private readonly key: WebhookKey,
  ) {}

  /** @throws Refused `not-found` or `webhooks-off` */
  async execute(id: string, by: AgencyActor): Promise<EndpointWithSecret> {
    const secret = newSecret();
    return this.database.as(by).transaction(async (tx) => {
      const { secret: before } = await lockEndpoint(tx, id, by);
      await tx.change(WebhookEndpoint, id, {
        ...{ secret: this.key.close(secret, id), oldSecret: before, oldSecretUntil: tx.now.add(BOTH_FOR) },
      });
      await tx.insert(auditEntry(tx, 'webhook.secret-rotated', null, { endpointId: id }));
      return { endpoint: await ownEndpoint(tx, id, by), secret };
    });
  }
}
