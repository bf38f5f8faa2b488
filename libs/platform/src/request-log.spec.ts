import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createLogger } from './logging.ts';
import { currentRequestId, currentTraceId } from './request-context.ts';
import { requestLog } from './request-log.ts';

const UUID = '3F2B8C1E-9D0A-4C57-8C36-0B1F7A2D9E41';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

let server: Server;
beforeAll(async () => {
  const app = express();
  app.use(requestLog(createLogger('test', 'silent')));
  app.get('/', (_, response) => void response.json({ requestId: currentRequestId(), traceId: currentTraceId() }));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function ask(headers: Record<string, string>): Promise<Record<string, string | null>> {
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { headers });
  return { answered: answer.headers.get('X-Request-Id'), ...((await answer.json()) as Record<string, string | null>) };
}

it('a request keeps the UUID and the trace that its caller gave it', async () => {
  const { answered, requestId, traceId } = await ask({
    'X-Request-Id': UUID,
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  });
  expect([answered, requestId, traceId]).toEqual([UUID.toLowerCase(), UUID.toLowerCase(), TRACE]);
});

it.each(['x', `${UUID} `.repeat(2), '<script>', `{${UUID}}`, ''])(
  'X7: a request named %j gets an id of its own, and no trace',
  async (sent) => {
    const { answered, requestId, traceId } = await ask({ 'X-Request-Id': sent, traceparent: sent });
    expect(answered).toMatch(/^[0-9a-f-]{36}$/);
    expect([requestId, traceId]).toEqual([answered, null]);
    expect(answered).not.toBe(UUID.toLowerCase());
  },
);
