import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { components } from './contract.ts';
import { HubConnection, type Credentials } from './hub-connection.ts';

type Schemas = components['schemas'];
export type Referral = Schemas['SubmitReferralBody'];
export type ReferralReceived = Schemas['ReferralReceived'];
export type ReferralStatus = Schemas['ReferralStatus'];
export type OwnReferral = Schemas['Referrals']['data'][number];
export type InformationRequest = Schemas['InformationRequest'];
export type CodeList = Schemas['CodeList'];
export type CodeListVersion = Schemas['CodeListVersion'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookEndpointWithSecret = Schemas['WebhookEndpointWithSecret'];
export type WebhookDelivery = Schemas['WebhookDelivery'];

export type Attachment = Schemas['Attachment'];

/** A file to add to a referral. */
export interface FileToAttach extends Pick<
  Schemas['BeginAttachmentBody'],
  'name' | 'mediaType' | 'saidBy' | 'description'
> {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** How the hub takes a referral that has faults. */
export interface HowToTake {
  /** Soft faults, such as a check digit, hold no referral up: `warnings` of the answer names what was set apart. */
  readonly isLenient?: boolean;
}

export interface EventBatch {
  readonly events: readonly Schemas['Event'][];
  /** Keep it when you have dealt with these events, and begin with it the next time. */
  readonly next: string | undefined;
}

interface Page<T> {
  readonly data: readonly T[];
  readonly page: Schemas['Page'];
}

const preferred = ({ isLenient = false }: HowToTake) => (isLenient ? ({ prefer: 'handling=lenient' } as const) : {});
const ENDPOINTS = '/api/v1/webhook-endpoints';
const endpoint = (id: string, rest = '') => `${ENDPOINTS}/${encodeURIComponent(id)}${rest}`;
/**
 * The API of a hub for one program of an agency. Each method throws RefusedByHub, TokenRefused or Unreachable; what can
 * be repeated without harm is tried four times.
 */
export class PartnerClient {
  readonly #hub: HubConnection;

  constructor(credentials: Credentials) {
    this.#hub = new HubConnection(credentials);
  }

  /** What assertions are for: exactly this text. */
  get audience(): string {
    return this.#hub.audience;
  }

  /** The token of this program, which is asked for where there is none or where it soon runs out. */
  async token(): Promise<Schemas['TokenAnswer']> {
    return this.#hub.token();
  }

  /** @param idempotencyKey a new one for each referral, the same one for each retry, also after a restart */
  async submit(referral: Referral, idempotencyKey: string, how: HowToTake = {}): Promise<ReferralReceived> {
    return this.#hub.send('/api/v1/referrals', { body: referral, idempotencyKey, ...preferred(how) });
  }

  /** Asks whether the hub would take a referral; nothing is stored. */
  async check(referral: Referral, how: HowToTake = {}): Promise<Schemas['ReferralChecked']> {
    return this.#hub.send('/api/v1/referrals/validate', { body: referral, ...preferred(how) });
  }

  async status(reference: string): Promise<ReferralStatus> {
    return this.#hub.send(`/api/v1/referrals/${encodeURIComponent(reference)}`);
  }

  /** The referrals that your agency sent, the latest at the top, a page at a time: all, or those of one case number of yours. */
  async *referrals(senderReference?: string): AsyncGenerator<readonly OwnReferral[]> {
    yield* this.#pages<OwnReferral>('/api/v1/referrals', senderReference === undefined ? {} : { senderReference });
  }

  async add(
    reference: string,
    body: Schemas['AddInformationBody'],
    idempotencyKey: string,
  ): Promise<Schemas['Addition']> {
    return this.#hub.send(`/api/v1/referrals/${encodeURIComponent(reference)}/information`, { body, idempotencyKey });
  }

  async withdraw(
    reference: string,
    body: Schemas['WithdrawReferralBody'],
    idempotencyKey: string,
  ): Promise<Schemas['Addition']> {
    return this.#hub.send(`/api/v1/referrals/${encodeURIComponent(reference)}/withdrawal`, { body, idempotencyKey });
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
    const begun = await this.#hub.send<Attachment>(at, { body, idempotencyKey });
    if (begun.state !== 'uploading') return begun;
    for (let part = 1; part <= begun.parts; part += 1) {
      if (begun.partsHere.includes(part)) continue;
      const from = (part - 1) * begun.partSize;
      const some = bytes.subarray(from, from + begun.partSize);
      await this.#hub.send(`${at}/${begun.id}/parts/${part}`, { method: 'PUT', bytes: some });
    }
    return this.#hub.send(`${at}/${begun.id}/completion`, { method: 'POST' });
  }

  /** How the files stand that this agency added to a referral. */
  async attachments(reference: string): Promise<readonly Attachment[]> {
    const at = `/api/v1/referrals/${encodeURIComponent(reference)}/attachments`;
    return (await this.#hub.send<Schemas['Attachments']>(at)).attachments;
  }

  async informationRequests(): Promise<Schemas['InformationRequests']> {
    return this.#hub.send('/api/v1/information-requests');
  }

  async informationRequest(id: string): Promise<InformationRequest> {
    return this.#hub.send(`/api/v1/information-requests/${encodeURIComponent(id)}`);
  }

  /** It has no idempotency key: where no answer comes, read the request before you send it again. */
  async answer(id: string, body: Schemas['AnswerRequestBody']): Promise<Schemas['InformationAnswer']> {
    return this.#hub.send(`/api/v1/information-requests/${encodeURIComponent(id)}/answers`, {
      body,
      isRepeatable: false,
    });
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
      const { data, page } = await this.#hub.send<Schemas['Events']>(`/api/v1/events${query}`);
      cursor = page.next ?? cursor;
      if (data.length > 0) yield { events: data, next: cursor };
      if (!page.hasMore) await setTimeout(everySeconds * 1_000);
    }
  }

  async webhookEndpoints(): Promise<readonly WebhookEndpoint[]> {
    return (await this.#hub.send<Schemas['WebhookEndpoints']>(ENDPOINTS)).data;
  }

  /** Keep the secret of the answer: it is shown this once. Where no answer comes, look at the list before you add again. */
  async addWebhookEndpoint(address: string): Promise<WebhookEndpointWithSecret> {
    return this.#hub.send(ENDPOINTS, { body: { address }, isRepeatable: false });
  }

  async webhookEndpoint(id: string): Promise<WebhookEndpoint> {
    return this.#hub.send(endpoint(id));
  }

  async removeWebhookEndpoint(id: string): Promise<void> {
    await this.#hub.send(endpoint(id), { method: 'DELETE', isRepeatable: false });
  }

  /** The next secret. The one before signs as well for 24 hours. */
  async rotateWebhookSecret(id: string): Promise<WebhookEndpointWithSecret> {
    return this.#hub.send(endpoint(id, '/secret'), { method: 'POST', isRepeatable: false });
  }

  /** After the receiver is mended: what waits is sent. */
  async switchOnWebhookEndpoint(id: string): Promise<WebhookEndpoint> {
    return this.#hub.send(endpoint(id, '/switch-on'), { method: 'POST' });
  }

  /** Has a test sent: the log says how it went. */
  async testWebhookEndpoint(id: string): Promise<WebhookDelivery> {
    return this.#hub.send(endpoint(id, '/test'), { method: 'POST' });
  }

  /** The log of an endpoint, the latest at the top, a page at a time. */
  async *webhookDeliveries(id: string): AsyncGenerator<readonly WebhookDelivery[]> {
    yield* this.#pages<WebhookDelivery>(endpoint(id, '/deliveries'));
  }

  /** Has a delivery sent again, under the same webhook-id. */
  async replayWebhookDelivery(id: string, delivery: string): Promise<WebhookDelivery> {
    return this.#hub.send(endpoint(id, `/deliveries/${encodeURIComponent(delivery)}/replay`), { method: 'POST' });
  }

  /** The lists of codes, each with its version: another one when a code or its words have changed, and only then. */
  async codeLists(): Promise<readonly CodeListVersion[]> {
    return (await this.#hub.send<Schemas['CodeLists']>('/api/v1/code-lists')).data;
  }

  /** The codes of one list, with their words. */
  async codeList(name: string): Promise<CodeList> {
    return this.#hub.send(`/api/v1/code-lists/${encodeURIComponent(name)}`);
  }

  async *#pages<T>(path: string, filter: Readonly<Record<string, string>> = {}): AsyncGenerator<readonly T[]> {
    for (let after: string | undefined; ;) {
      const query = new URLSearchParams({ ...filter, ...(after !== undefined && { after }) }).toString();
      const { data, page } = await this.#hub.send<Page<T>>(query === '' ? path : `${path}?${query}`);
      yield data;
      if (page.next === undefined) return;
      after = page.next;
    }
  }
}
