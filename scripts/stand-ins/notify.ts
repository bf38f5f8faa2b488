import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';

/** A notification as the stand-in has it. */
export interface Notification {
  readonly id: string;
  readonly reference: string;
  readonly type: 'email' | 'sms';
  readonly to: string;
  readonly personalisation: Readonly<Record<string, string>>;
  /** Milliseconds on this process's monotonic clock. */
  readonly at: number;
  status: string;
}

export interface NotifyStandIn {
  readonly url: string;
  /** A key of the shape that Notify gives. */
  readonly apiKey: string;
  readonly taken: Notification[];
  /** Requests refused with 429. */
  refused: number;
  /** What a notification becomes; `delivered` unless told otherwise. */
  become: (notification: Notification) => string;
  /** What happens to a request before it is answered; to break a connection after taking it, say. */
  beforeAnswer: (notification: Notification, response: ServerResponse) => Promise<void>;
  /** An HTTP status to answer every request to send with, or the limit of a day reached; null to take it. */
  down: number | 'no more today' | null;
  close(): Promise<void>;
}

/** Notify's published limit: a bucket of 1,001 that 50 a second fill. */
const BURST = 1_001;
const PER_SECOND = 50;

/**
 * GOV.UK Notify as its documents describe it: the two ways to send, the look-up by reference, its limit with 429, and
 * addresses that are wrong with 400.
 */
export async function startNotifyStandIn(): Promise<NotifyStandIn> {
  let tokens = BURST;
  let refilledAt = performance.now();
  const standIn = {
    taken: [] as Notification[],
    refused: 0,
    become: () => 'delivered',
    beforeAnswer: async () => undefined,
    down: null,
  } as Omit<NotifyStandIn, 'url' | 'apiKey' | 'close'>;

  const takeToken = (): boolean => {
    const now = performance.now();
    tokens = Math.min(BURST, tokens + ((now - refilledAt) / 1000) * PER_SECOND);
    refilledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://notify');
    if (!/^Bearer ey/.test(request.headers.authorization ?? ''))
      return send(response, 403, fault('AuthError', 'token'));
    if (request.method === 'GET' && url.pathname === '/v2/notifications') {
      const reference = url.searchParams.get('reference');
      const notifications = standIn.taken.filter((one) => one.reference === reference).toReversed();
      return send(response, 200, { notifications, links: {} });
    }
    const type = /^\/v2\/notifications\/(email|sms)$/.exec(url.pathname)?.[1] as 'email' | 'sms' | undefined;
    if (request.method !== 'POST' || type === undefined) return send(response, 404, fault('NotFound', 'no such path'));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      reference: string;
      email_address?: string;
      phone_number?: string;
      personalisation: Record<string, string>;
    };
    if (standIn.down === 'no more today') {
      return send(response, 429, fault('TooManyRequestsError', 'Exceeded send limits (250000) for today'));
    }
    if (standIn.down !== null) return send(response, standIn.down, fault('Exception', 'Internal server error'));
    if (!takeToken()) {
      standIn.refused++;
      return send(
        response,
        429,
        fault('RateLimitError', 'Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds'),
      );
    }
    const to = (type === 'email' ? body.email_address : body.phone_number) ?? '';
    if (type === 'sms' && !/^\+?[\d ]{10,15}$/.test(to)) {
      return send(response, 400, fault('ValidationError', 'phone_number Not enough digits'));
    }
    const notification: Notification = {
      id: randomUUID(),
      reference: body.reference,
      type,
      to,
      personalisation: body.personalisation,
      at: performance.now(),
      status: 'created',
    };
    notification.status = standIn.become(notification);
    standIn.taken.push(notification);
    await standIn.beforeAnswer(notification, response);
    if (response.destroyed) return;
    send(response, 201, { id: notification.id, reference: body.reference, content: {}, template: {}, uri: '' });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(standIn, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: `mash-${randomUUID()}-${randomUUID()}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function fault(error: string, message: string) {
  return { status_code: 0, errors: [{ error, message }] };
}
