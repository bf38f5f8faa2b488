import type { components } from './contract.ts';
import { RefusedByHub } from './errors.ts';
import { addressOf, fetchFrom } from './fetch-from.ts';
import { readPrivateKey, signAssertion } from './sign-assertion.ts';
import { tryAgain } from './try-again.ts';

type Schemas = components['schemas'];

export interface Credentials {
  /** The address of the hub's API, such as `https://mash.example.org`. */
  readonly hub: string;
  /** What assertions are for, where `hub` is a gateway between you and the hub: `https://mash.example.org/oauth2/token`. */
  readonly audience?: string;
  /** The id that the hub's administrator gave you. */
  readonly clientId: string;
  /** PEM; it never leaves this program. */
  readonly privateKey: string;
  /** Which of your two keys it is, while you change them. */
  readonly kid?: string;
}

/** What is asked beside the address. */
export interface Asked {
  /** GET, or POST where there is a body, unless it says otherwise. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  /** A part of a file, in the place of a body. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly idempotencyKey?: string;
  /** The header Prefer. */
  readonly prefer?: 'handling=lenient';
  /** Whether it does no harm to send it twice. */
  readonly isRepeatable?: boolean;
}

/** A token is asked for anew so many milliseconds before it runs out. */
const EARLY_MS = 30_000;
const FORM = {
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
};

/** The way to a hub for one program: it signs, keeps the token, and repeats what does no harm. */
export class HubConnection {
  readonly audience: string;
  readonly #key: ReturnType<typeof readPrivateKey>;
  readonly #hub: string;
  readonly #credentials: Credentials;
  #token: { readonly answer: Promise<Schemas['TokenAnswer']>; readonly askedAt: number } | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
    this.#key = readPrivateKey(credentials.privateKey);
    this.#hub = addressOf(credentials.hub);
    this.audience = credentials.audience ?? `${this.#hub}/oauth2/token`;
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
    return fetchFrom(this.#hub, '/oauth2/token', { method: 'POST', body });
  }

  async send<T>(
    path: string,
    { body, bytes, idempotencyKey, prefer, isRepeatable = true, ...more }: Asked = {},
  ): Promise<T> {
    const { method = body === undefined ? 'GET' : 'POST' } = more;
    const send = async () => {
      const token = await this.token();
      const headers = {
        Authorization: `Bearer ${token.access_token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(bytes !== undefined && { 'Content-Type': 'application/octet-stream' }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        ...(prefer !== undefined && { Prefer: prefer }),
      };
      const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
      const init = { method, headers, ...(sent !== undefined && { body: sent }) };
      return tryAgain(() => fetchFrom<T>(this.#hub, path, init), isRepeatable);
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
}
