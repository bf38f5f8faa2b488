import { randomUUID } from 'node:crypto';
import { CANARY, canary } from '../support/canary.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { TestProcess } from '../support/app-process.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { until } from '../support/until.ts';
import { silentEnvironment } from './service.ts';

interface ExportedSpan {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** What OTLP posts (JSON), as far as this test reads it. */
interface Exported {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly ExportedSpan[] }[] }[];
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let hub: Hub;
let collector: Receiver;
const processes: TestProcess[] = [];
beforeAll(async () => {
  hub = await createHub();
  await hub.clockRunsFrom('2026-11-23T10:00');
  collector = await startReceiver();
  collector.status = 200;
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await collector.close();
  await hub.drop();
});

async function start(app: 'api' | 'worker', more: Record<string, string> = {}): Promise<TestProcess> {
  const started = await TestProcess.start(app, { ...silentEnvironment(hub.url), ...more });
  processes.push(started);
  return started;
}

const spans = () =>
  collector.posted
    .flatMap(({ body }) => (JSON.parse(body) as Exported).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));

function send(api: TestProcess, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${api.url}/api/v1/referrals`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${hub.agency.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      ...headers,
    },
    body: JSON.stringify(body),
  });
}

describe('traces', () => {
  it('lead from the request of the agency over its transaction to the jobs that a worker does, and tell ids alone', async () => {
    const told = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const [api] = await Promise.all([start('api', told), start('worker', told)]);
    const body = canary(aFracturedToddler());
    const answer = await send(api, body, { traceparent: `00-${TRACE}-${CALLER}-00` });
    expect(answer.status).toBe(201);
    const { reference } = (await answer.json()) as { reference: string };
    // A refusal tells no value either.
    expect((await send(api, { ...body, [CANARY]: CANARY })).status).toBe(422);
    const ofTrace = () => spans().filter(({ traceId }) => traceId === TRACE);
    const named = (name: string) => ofTrace().find((one) => one.name === name);
    await until(
      async () => named('job acknowledge-referral') !== undefined && named('POST /api/v1/referrals') !== undefined,
    );

    const request = named('POST /api/v1/referrals')!;
    expect(request).toMatchObject({ parentSpanId: CALLER, kind: 2 });
    expect(
      ofTrace()
        .filter(({ name }) => name === 'transaction')
        .map(({ parentSpanId }) => parentSpanId),
    ).toContain(request.spanId);
    expect(named('job acknowledge-referral')).toMatchObject({ parentSpanId: request.spanId, kind: 5 });
    await until(async () =>
      spans().some(({ traceId, name }) => traceId !== TRACE && name === 'POST /api/v1/referrals'),
    );

    const keys = new Set(spans().flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].filter((key) => !TOLD.has(key))).toEqual([]);
    const everything = collector.posted.map((one) => one.body).join('\n');
    expect(everything).toContain(answer.headers.get('X-Request-Id'));
    expect(JSON.stringify(body)).toContain(CANARY);
    for (const word of [CANARY, reference, hub.agency.token, 'INSERT', 'SELECT'])
      expect(everything).not.toContain(word);
  });

  it('load nothing of OpenTelemetry where no collector is set', async () => {
    const loaded = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_WHAT_IS_LOADED)}` };
    const [api, told] = await Promise.all([
      start('api', loaded),
      start('api', { ...loaded, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
    ]);
    expect((await send(api, aFracturedToddler())).status).toBe(201);
    expect(told.output).toContain('loads @opentelemetry/exporter-trace-otlp-http');
    expect(api.output).toContain('loads @nestjs/core');
    expect(api.output).not.toContain('loads @opentelemetry/exporter');
    expect(api.output).not.toContain('loads @opentelemetry/sdk');
  });

  it('cost a request nothing but the spans when the collector is away', async () => {
    const api = await start('api', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
    expect((await send(api, aFracturedToddler())).status).toBe(201);
  });
});

/** Run before an app: writes a line for each package that is loaded. */
const TELL_WHAT_IS_LOADED = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve(name, context, next) {
      if (name.startsWith('@')) process.stderr.write('loads ' + name + '\\n');
      return next(name, context);
    },
  });`;
/** Every attribute that a span has. */
const TOLD = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'mash.request_id',
  'mash.actor.kind',
  'mash.actor.id',
  'mash.job.id',
  'mash.job.name',
  'mash.job.failures',
  'error.type',
]);
