import { randomBytes } from 'node:crypto';
import { Refused, Seal } from '#platform';

/** Bytes of a secret: as many as the digest of SHA-256 has, which Standard Webhooks asks for. */
const SECRET_BYTES = 32;

/** A new secret of an endpoint, as Standard Webhooks writes it. */
export const newSecret = () => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

/** Seals and opens the secrets of endpoints, so that a copy of the database signs nothing. */
export class WebhookKey {
  private readonly seal: Seal | null;

  /** @param key the setting `WEBHOOK_KEY`; undefined where this hub has no webhooks */
  constructor(key: string | undefined) {
    this.seal = key === undefined ? null : new Seal(key, 'webhook secrets');
  }

  get isThere(): boolean {
    return this.seal !== null;
  }

  /** @throws Refused `webhooks-off` where this hub has no webhooks */
  close(secret: string, endpointId: string): Buffer {
    if (this.seal === null) throw new Refused('webhooks-off');
    return this.seal.close(secret, endpointId);
  }

  /** @throws Error for one that was sealed with another key, or without a key */
  open(sealed: Buffer, endpointId: string): string {
    const secret = this.seal?.open(sealed, endpointId) ?? null;
    if (secret === null) {
      const why = this.seal === null ? 'is missing' : 'is not the one with which the secrets of webhooks were sealed';
      throw new Error(`WEBHOOK_KEY ${why}`);
    }
    return secret;
  }
}
