import { APPS, startApp } from '../support/every-app.ts';
import { wayTo, type WayToDatabase } from '../support/half-open.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { until } from '../support/until.ts';

interface Health {
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string }>>;
}

let hub: Hub;
let way: WayToDatabase;
beforeAll(async () => {
  hub = await createHub();
  await hub.letClockRun();
});
beforeEach(async () => {
  way = await wayTo(hub.url);
});
afterEach(() => way.close());
afterAll(() => hub.drop());

describe.each(APPS)('the health of the %s', (name) => {
  it('says soon, and without waiting for a connection, that the database is away when it accepts connections and answers nothing', async () => {
    const app = await startApp(name, way.url);
    const ask = async (method: string, path: string) => {
      const begun = performance.now();
      const response = await fetch(`${app.url}${path}`, { method });
      const body = await response.text();
      return { status: response.status, body, headers: response.headers, ms: performance.now() - begun };
    };
    const databaseIs = async () =>
      (JSON.parse((await ask('GET', '/health/ready')).body) as Health).details['database']?.status;
    try {
      await until(async () => (await databaseIs()) === 'up');
      way.halfOpen();
      // The first finds connections that were open, the second needs new ones.
      for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) {
        const { status, body, headers, ms } = await ask(method, '/health/ready');
        expect([status, headers.get('Content-Type')]).toEqual([503, expect.stringMatching(/^application\/json/)]);
        // Two seconds, and what a busy machine adds.
        expect(ms).toBeLessThan(10_000);
        if (method === 'HEAD') expect(body).toBe('');
        else {
          const { status: health, details } = JSON.parse(body) as Health;
          expect([health, details['database']]).toEqual(['error', { status: 'down' }]);
        }
        const live = await ask(method, '/health/live');
        expect(live.status).toBe(200);
        expect(live.ms).toBeLessThan(2_000);
      }
      way.open();
      await until(async () => (await databaseIs()) === 'up');
    } finally {
      way.open();
      await app.stop();
    }
  });
});
