import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { components } from './contract.ts';
import { RefusedByHub, TokenRefused, Unreachable, type Problem } from './errors.ts';
import { readPrivateKey, signAssertion } from './sign-assertion.ts';
import { tryAgain } from './try-again.ts';

type Schemas = components['schemas'];
export type Referral = Schemas['SubmitReferralBody'];
export type ReferralReceived = Schemas['ReferralReceived'];
export type ReferralStatus = Schemas['ReferralStatus'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookEndpointWithSecret = Schemas['WebhookEndpointWithSecret'];
export type WebhookDelivery = Schemas['WebhookDelivery'];

export interface Credentials {
  /** The address of the hub's API, such as `https://mash.example.org`. */
  readonly hub: string;
  /** The id that the hub's administrator gave you. */
  readonly clientId: string;
  /** PEM; it never leaves this program. */
  readonly privateKey: string;
  /** Which of your two keys it is, while you change them. */
  readonly kid?: string;
}

export type Attachment = Schemas['Attachment'];

/** A file to add to a referral. */
export interface FileToAttach extends Pick<
  Schemas['BeginAttachmentBody'],
  'name' | 'mediaType' | 'saidBy' | 'description'
> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface EventBatch {
  readonly events: readonly Schemas['Event'][];
  /** Keep it when you have dealt with these events, and begin with it the next time. */
  readonly next: string | undefined;
}

interface Request {
  /** GET, or POST where there is a body, unless it says otherwise. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  /** A part of a file, in the place of a body. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly idempotencyKey?: string;
  /** Whether it does no harm to send it twice. */
  readonly isRepeatable?: boolean;
}

const ENDPOINTS = '/api/v1/webhook-endpoints';
const endpoint = (id: string, rest = '') => `${ENDPOINTS}/${encodeURIComponent(id)}${rest}`;
const ANSWER_WITHIN_MS = 30_000;
/** A token is asked for anew so many milliseconds before it runs out. */
const EARLY_MS = 30_000;
const FORM = {
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
};

/**
 * The API of a hub for one program of an agency. Each method throws RefusedByHub, TokenRefused or Unreachable; what can
 * be repeated without harm is tried four times.
 */
export class PartnerClient {
  readonly #key: ReturnType<typeof readPrivateKey>;
  readonly #hub: string;
  readonly #credentials: Credentials;
  #token: { readonly answer: Promise<Schemas['TokenAnswer']>; readonly askedAt: number } | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    this.#key = readPrivateKey(credentials.privateKey);
    this.#hub = credentials.hub.replace(/\/+$/, '');
  }

  /** What assertions are for: exactly this text. */
  get audience(): string {
    return `${this.#hub}/oauth2/token`;
  }

  /** @param idempotencyKey a new one for each referral, the same one for each retry, also after a restart */
  async submit(referral: Referral, idempotencyKey: string): Promise<ReferralReceived> {
    return this.#send('/api/v1/referrals', { body: referral, idempotencyKey });
  }

  /** Asks whether the hub would take a referral; nothing is stored. */
  async check(referral: Referral): Promise<Schemas['ReferralChecked']> {
    return this.#send('/api/v1/referrals/validate', { body: referral });
  }

  async status(reference: string): Promise<ReferralStatus> {
    return this.#send(`/api/v1/referrals/${encodeURIComponent(reference)}`);
  }

  async add(
    reference: string,
    body: Schemas['AddInformationBody'],
    idempotencyKey: string,
  ): Promise<Schemas['Addition']> {
    return this.#send(`/api/v1/referrals/${encodeURIComponent(reference)}/information`, { body, idempotencyKey });
  }

  async withdraw(
    reference: string,
    body: Schemas['WithdrawReferralBody'],
    idempotencyKey: string,
  ): Promise<Schemas['Addition']> {
    return this.#send(`/api/v1/referrals/${encodeURIComponent(reference)}/withdrawal`, { body, idempotencyKey });
  }

  /**
   * Adds a file of up to 20 MB to a referral, also after the decision. Where it was interrupted, call it again with the same
   * file and key: it goes on with the parts that the hub does not have.
   *
   * @param idempotencyKey a new one for each file, the same one for each retry
   * @returns the file as the hub has it; `attachments` tells later what became of it
   */
  async attach(reference: string, file: FileToAttach, idempotencyKey: string): Promise<Attachment> {
    const { bytes, ...said } = file;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const at = `/api/v1/referrals/${encodeURIComponent(reference)}/attachments`;
    const body = { ...said, size: bytes.length, sha256 } satisfies Schemas['BeginAttachmentBody'];
    const begun = await this.#send<Attachment>(at, { body, idempotencyKey });
    if (begun.state !== 'uploading') return begun;
    for (let part = 1; part <= begun.parts; part += 1) {
      if (begun.partsHere.includes(part)) continue;
      const from = (part - 1) * begun.partSize;
      const some = bytes.subarray(from, from + begun.partSize);
      await this.#send(`${at}/${begun.id}/parts/${part}`, { method: 'PUT', bytes: some });
    }
    return this.#send(`${at}/${begun.id}/completion`, { method: 'POST' });
  }

  /** How the files stand that this agency added to a referral. */
  async attachments(reference: string): Promise<readonly Attachment[]> {
    const at = `/api/v1/referrals/${encodeURIComponent(reference)}/attachments`;
    return (await this.#send<Schemas['Attachments']>(at)).attachments;
  }

  async informationRequests(): Promise<Schemas['InformationRequests']> {
    return this.#send('/api/v1/information-requests');
  }

  /** It has no idempotency key: where no answer comes, read the request before you send it again. */
  async answer(id: string, body: Schemas['AnswerRequestBody']): Promise<Schemas['InformationAnswer']> {
    return this.#send(`/api/v1/information-requests/${encodeURIComponent(id)}/answers`, { body, isRepeatable: false });
  }

  /**
   * What happens, a batch at a time, for as long as it is read.
   *
   * @param after the `next` of the batch that you dealt with last; without it, from the oldest that the hub keeps
   * @param everySeconds how long it waits where there is nothing new
   */
  async *events(after?: string, everySeconds = 30): AsyncGenerator<EventBatch, never> {
    for (let cursor = after; ;) {
      const query = cursor === undefined ? '' : `?after=${encodeURIComponent(cursor)}`;
      const { data, page } = await this.#send<Schemas['Events']>(`/api/v1/events${query}`);
      cursor = page.next ?? cursor;
      if (data.length > 0) yield { events: data, next: cursor };
      if (!page.hasMore) await setTimeout(everySeconds * 1_000);
    }
  }

  async webhookEndpoints(): Promise<readonly WebhookEndpoint[]> {
    return (await this.#send<Schemas['WebhookEndpoints']>(ENDPOINTS)).data;
  }

  /** Keep the secret of the answer: it is shown this once. Where no answer comes, look at the list before you add again. */
  async addWebhookEndpoint(address: string): Promise<WebhookEndpointWithSecret> {
    return this.#send(ENDPOINTS, { body: { address }, isRepeatable: false });
  }

  async webhookEndpoint(id: string): Promise<WebhookEndpoint> {
    return this.#send(endpoint(id));
  }

  async removeWebhookEndpoint(id: string): Promise<void> {
    await this.#send(endpoint(id), { method: 'DELETE', isRepeatable: false });
  }

  /** The next secret. The one before signs as well for 24 hours. */
  async rotateWebhookSecret(id: string): Promise<WebhookEndpointWithSecret> {
    return this.#send(endpoint(id, '/secret'), { method: 'POST', isRepeatable: false });
  }

  /** After the receiver is mended: what waits is sent. */
  async switchOnWebhookEndpoint(id: string): Promise<WebhookEndpoint> {
    return this.#send(endpoint(id, '/switch-on'), { method: 'POST' });
  }

  /** Has a test sent: the log says how it went. */
  async testWebhookEndpoint(id: string): Promise<WebhookDelivery> {
    return this.#send(endpoint(id, '/test'), { method: 'POST' });
  }

  /** The log of an endpoint, the latest at the top, a page at a time. */
  async *webhookDeliveries(id: string): AsyncGenerator<readonly WebhookDelivery[]> {
    for (let query = ''; ;) {
      const { data, page } = await this.#send<Schemas['WebhookDeliveries']>(endpoint(id, `/deliveries${query}`));
      yield data;
      if (page.next === undefined) return;
      query = `?after=${encodeURIComponent(page.next)}`;
    }
  }

  /** Has a delivery sent again, under the same webhook-id. */
  async replayWebhookDelivery(id: string, delivery: string): Promise<WebhookDelivery> {
    return this.#send(endpoint(id, `/deliveries/${encodeURIComponent(delivery)}/replay`), { method: 'POST' });
  }

  /** The token of this program, which is asked for where there is none or where it soon runs out. */
  async token(): Promise<Schemas['TokenAnswer']> {
    const held = this.#token;
    if (held !== undefined) {
      const { expires_in } = await held.answer;
      if (Date.now() < held.askedAt + expires_in * 1_000 - EARLY_MS) return held.answer;
      if (this.#token !== held) return this.token();
    }
    // Signed anew for each attempt: an assertion is good once.
    const answer = tryAgain(() => this.#askForToken(), true);
    this.#token = { answer, askedAt: Date.now() };
    answer.catch(() => (this.#token = undefined));
    return answer;
  }

  async #askForToken(): Promise<Schemas['TokenAnswer']> {
    const client_assertion = await signAssertion(this.#key, { ...this.#credentials, audience: this.audience });
    const body = new URLSearchParams({ ...FORM, client_assertion });
    return this.#fetch('/oauth2/token', { method: 'POST', body });
  }

  async #send<T>(
    path: string,
    { body, bytes, idempotencyKey, isRepeatable = true, ...more }: Request = {},
  ): Promise<T> {
    const { method = body === undefined ? 'GET' : 'POST' } = more;
    const send = async () => {
      const token = await this.token();
      const headers = {
        Authorization: `Bearer ${token.access_token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(bytes !== undefined && { 'Content-Type': 'application/octet-stream' }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      };
      const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
      const init = { method, headers, ...(sent !== undefined && { body: sent }) };
      return tryAgain(() => this.#fetch<T>(path, init), isRepeatable);
    };
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof RefusedByHub) || error.kind !== 'credential-unknown') throw error;
      // The token ran out between two attempts, or was ended before its time.
      this.#token = undefined;
      return send();
    }
  }

  async #fetch<T>(path: string, init: RequestInit): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(this.#hub + path, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      text = await response.text();
    } catch (cause) {
      throw new Unreachable(`${this.#hub} gives no answer`, { cause });
    }
    // Of 204 there is nothing to read.
    const answer = response.status === 204 ? null : parsed(text);
    if (response.ok && answer !== undefined) return answer as T;
    if (isTokenError(answer)) throw new TokenRefused(answer.error, answer.error_description);
    const after = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
    const problem = isProblem(answer) ? answer : strange(response.status);
    throw new RefusedByHub(response.status, problem, Number.isNaN(after) ? undefined : after);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const has = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null && typeof (value as Record<string, unknown>)[name] === 'string';
const isTokenError = (answer: unknown): answer is Schemas['TokenErrorAnswer'] =>
  has(answer, 'error') && has(answer, 'error_description');
const isProblem = (answer: unknown): answer is Problem => has(answer, 'type') && has(answer, 'title');

/** What stands between you and the hub answers in its stead. */
function strange(status: number): Problem {
  return { type: 'about:blank', title: `The answer ${status} does not come from the hub`, status, instance: '' };
}
