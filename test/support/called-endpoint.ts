import { SCOPES, type AgencyActor } from '#access';
import { JobRunner, LeaveToSweep } from '#jobs';
import {
  AddEndpoint,
  ReadDeliveries,
  ReadEndpoints,
  RemoveEndpoint,
  ReplayDelivery,
  RotateSecret,
  SendWebhooks,
  SwitchOnEndpoint,
  TellEndpoints,
  TestEndpoint,
  WebhookKey,
} from '#partners';
import { createLogger, type OutboundRules } from '#platform';
import { WebhookReceiver, type WebhookHeaders } from '../../partners/client/src/index.ts';
import type { Hub } from './hub.ts';
import { handlersOf } from './job-handlers.ts';
import { OUTSIDE, OutsideServer } from './outside-server.ts';

export const ADDRESS = `https://${OUTSIDE}/mash/events`;
export const WEBHOOK_KEY = 'a key of the tests, of thirty-two characters';
const key = new WebhookKey(WEBHOOK_KEY);
const log = createLogger('test', 'silent');

/** A call as the receiver had it. */
export interface Called {
  readonly headers: WebhookHeaders;
  readonly body: string;
  readonly id: string;
}

/** The webhooks of a hub as the apps compose them, and a receiver outside that keeps what it is sent. */
export class CalledEndpoint {
  readonly calls: Called[] = [];
  /** What the receiver answers; 204 unless a test says otherwise. */
  status = 204;

  private constructor(
    private readonly hub: Hub,
    readonly outside: OutsideServer,
  ) {
    this.takes();
  }

  static async start(hub: Hub): Promise<CalledEndpoint> {
    return new CalledEndpoint(hub, await OutsideServer.start());
  }

  get by(): AgencyActor {
    return this.of(this.hub.agency);
  }

  of({ agencyId, clientId }: { readonly agencyId: string; readonly clientId: string }): AgencyActor {
    return { kind: 'agency', id: agencyId, clientId, scopes: SCOPES };
  }

  /** From now on the receiver takes what it is sent. */
  takes(status = 204, headers: Record<string, string> = {}): void {
    this.status = status;
    this.outside.answer = (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        this.calls.push({ headers: request.headers, body, id: String(request.headers['webhook-id']) });
        response.writeHead(this.status, headers).end();
      });
    };
  }

  add = (address = ADDRESS, by = this.by) => new AddEndpoint(this.hub.database, key).execute(address, by);
  rotate = (id: string) => new RotateSecret(this.hub.database, key).execute(id, this.by);
  test = (id: string, by = this.by) => new TestEndpoint(this.hub.database, new LeaveToSweep()).execute(id, by);
  switchOn = (id: string) => new SwitchOnEndpoint(this.hub.database, new LeaveToSweep()).execute(id, this.by);
  remove = (id: string) => new RemoveEndpoint(this.hub.database).execute(id, this.by);
  replay = (id: string, delivery: string) =>
    new ReplayDelivery(this.hub.database, new LeaveToSweep()).execute(id, delivery, this.by);
  read = (id: string, by = this.by) => new ReadEndpoints(this.hub.database).one(id, by);
  log = async (endpointId: string) =>
    (await new ReadDeliveries(this.hub.database).execute({ endpointId, after: null, limit: 100, by: this.by }))
      .deliveries;

  /** One round of the worker's loop. */
  tell = () => new TellEndpoints(this.hub.database, key, log).execute();

  /** A worker's jobs, by its own rules for what it may call. */
  runner(change: Partial<OutboundRules> = {}, by: WebhookKey = key): JobRunner {
    const send = new SendWebhooks(this.outside.fetch(change), by);
    const handlers = handlersOf({ 'send-webhooks': (payload, tx) => send.handle(payload, tx) });
    return new JobRunner(this.hub.database, handlers, log);
  }

  /** All that a worker does at this moment of the clock. */
  async work(change: Partial<OutboundRules> = {}): Promise<void> {
    await this.tell();
    const runner = this.runner(change);
    while ((await runner.runDue(4)) > 0);
  }

  /** The message of a call, looked at as a receiver does. @throws NotFromHub */
  async messageOf({ headers, body }: Called, secrets: string | readonly string[]) {
    return new WebhookReceiver(secrets).verify(headers, body, (await this.hub.database.now()).epochMilliseconds);
  }

  async stop(): Promise<void> {
    await this.outside.stop();
  }
}
