import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { components } from './contract.ts';

/** What a hub calls about: an event as `events` has it, or a test, which is about nothing. */
export type WebhookMessage =
  | components['schemas']['Event']
  | { readonly id: string; readonly type: 'webhook.test'; readonly occurredAt: string; readonly data: object };

/** The headers of a call, as `node:http` has them. Their names may be in any case. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A call that is not the hub's, or not of this moment. Answer it with 400 and do nothing. */
export class NotFromHub extends Error {
  readonly reason: 'header-missing' | 'too-old' | 'too-new' | 'wrong-signature' | 'not-json';

  constructor(reason: NotFromHub['reason'], words: string) {
    super(words);
    this.name = 'NotFromHub';
    this.reason = reason;
  }
}

/** Remembers which calls were dealt with. Keep them in your database where your program has several processes. */
export interface SeenCalls {
  has(id: string): boolean | Promise<boolean>;
  add(id: string): unknown;
}

const TOLERANCE_SECONDS = 300;
/** More than a hub sends in the five minutes in which a call can be sent again by another. */
const REMEMBERED = 10_000;

/**
 * Takes the calls of a hub (Standard Webhooks): each is looked at before anything is done, and done once. A call that
 * another sends again is refused by its timestamp after five minutes, and by its id before.
 */
export class WebhookReceiver {
  readonly #webhooks: readonly Webhook[];
  readonly #seen: SeenCalls;
  readonly #running = new Map<string, Promise<boolean>>();

  /** @param secrets `whsec_…`; while you rotate, the new one and the one before */
  constructor(secrets: string | readonly string[], seen: SeenCalls = new RecentCalls()) {
    this.#webhooks = [secrets].flat().map((secret) => new Webhook(secret));
    if (this.#webhooks.length === 0) throw new TypeError('Give the secret of the endpoint');
    this.#seen = seen;
  }

  /**
   * Looks at a call, and does its work unless that is done already. Answer 204 to both; where the work throws, answer 500,
   * and the hub calls again.
   *
   * @param body as it came, byte for byte: not read as JSON and written again
   * @param now milliseconds since 1970
   * @returns whether the work was done now
   * @throws NotFromHub, and what the work throws
   */
  async receive(
    headers: WebhookHeaders,
    body: string,
    work: (message: WebhookMessage) => unknown,
    now: number = Date.now(),
  ): Promise<boolean> {
    const message = this.verify(headers, body, now);
    const id = header(headers, 'webhook-id');
    // The hub calls again while the first call still runs: it must not be told that the work is done before it is.
    const running = this.#running.get(id);
    if (running !== undefined) return running.then(() => false);
    const done = this.#once(id, message, work);
    this.#running.set(id, done);
    try {
      return await done;
    } finally {
      this.#running.delete(id);
    }
  }

  async #once(id: string, message: WebhookMessage, work: (message: WebhookMessage) => unknown): Promise<boolean> {
    if (await this.#seen.has(id)) return false;
    await work(message);
    await this.#seen.add(id);
    return true;
  }

  /** Looks at a call, and at nothing before it. @throws NotFromHub */
  verify(headers: WebhookHeaders, body: string, now: number = Date.now()): WebhookMessage {
    const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
      header(headers, name),
    ) as [string, string, string];
    const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : 0;
    const signed = this.#webhooks.map((one) => one.sign(id, new Date(seconds * 1_000), body));
    const isSigned = signatures.split(' ').some((given) => signed.some((own) => isSame(given, own)));
    if (!isSigned) throw new NotFromHub('wrong-signature', 'No secret of this endpoint made a signature of the call');
    const age = Math.floor(now / 1_000) - seconds;
    if (age > TOLERANCE_SECONDS) throw new NotFromHub('too-old', `The call was sent ${age} seconds ago`);
    if (age < -TOLERANCE_SECONDS) throw new NotFromHub('too-new', `The call says that it is sent in ${-age} seconds`);
    try {
      return JSON.parse(body) as WebhookMessage;
    } catch {
      throw new NotFromHub('not-json', 'The body is not JSON');
    }
  }
}

/** The calls of this process that were dealt with last. */
class RecentCalls implements SeenCalls {
  readonly #ids = new Set<string>();

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size > REMEMBERED) this.#ids.delete(this.#ids.values().next().value!);
  }
}

function header(headers: WebhookHeaders, name: string): string {
  const [, value] = Object.entries(headers).find(([one]) => one.toLowerCase() === name) ?? [];
  if (typeof value !== 'string' || value === '')
    throw new NotFromHub('header-missing', `The header ${name} is missing`);
  return value;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
