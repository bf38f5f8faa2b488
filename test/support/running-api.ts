import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import type { QueueStoreSettings } from '#jobs';
import { createLogger, type ApiSettings } from '#platform';
import { ATTACHMENT_KEYS } from './attachment-keys.ts';
import { checkByContract } from './contract.ts';
import { WEBHOOK_KEY } from './called-endpoint.ts';
import { createApi } from '../../apps/api/src/create-api.ts';

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly body: never;
}

/** Where agencies reach the API of the tests, as it is told. */
export const API_URL = 'https://mash.example.org';

/** The API in this process, on a port of its own. */
export class RunningApi {
  private constructor(
    private readonly app: INestApplication,
    readonly url: string,
  ) {}

  static async start(
    databaseUrl: string,
    queueStore: QueueStoreSettings = { databaseUrl },
    more: Partial<ApiSettings> = {},
  ): Promise<RunningApi> {
    const settings = {
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: 20,
      API_PORT: 0,
      API_URL,
      ATTACHMENT_KEYS,
      LOG_LEVEL: 'silent',
      WEBHOOK_KEY,
      ...more,
    } as ApiSettings;
    const app = await createApi(settings, createLogger('api', 'silent'), queueStore);
    await app.listen(settings.API_PORT, '127.0.0.1');
    return new RunningApi(app, await app.getUrl());
  }

  /** Node's own timer tells the server that a request does not arrive, as it does after a minute. */
  async giveUpWaiting(): Promise<void> {
    const server = this.app.getHttpServer() as Server;
    const [socket] = (await once(server, 'connection')) as [Socket];
    server.emit('clientError', Object.assign(new Error(), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
  }

  /** Posts a referral: JSON unless it is text or bytes already. */
  async post(
    token: string,
    body: unknown,
    headers: Record<string, string> = {},
    path = '/api/v1/referrals',
  ): Promise<Sent> {
    return this.send('POST', path, {
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...headers,
      },
    });
  }

  async get(path: string, token?: string): Promise<Sent> {
    return this.send('GET', path, { headers: token === undefined ? {} : { Authorization: `Bearer ${token}` } });
  }

  /** Sends a request, and holds its answer against the contract. */
  async send(method: string, path: string, init: RequestInit): Promise<Sent> {
    const response = await fetch(`${this.url}${path}`, { method, ...init });
    const text = await response.text();
    const sent = {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? null : JSON.parse(text)) as never,
    };
    checkByContract(method, path, sent);
    return sent;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}
