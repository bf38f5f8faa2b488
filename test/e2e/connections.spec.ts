import { MODULE_METADATA } from '@nestjs/common/constants.js';
import type { Type } from '@nestjs/common';
import { PAGES } from '../../apps/console/src/console.module.ts';
import { pagePathsOf, postRoutesOf } from '../../apps/console/src/shell/forms/post-routes.ts';
import { APPS, startApp } from '../support/every-app.ts';
import { wayTo, type WayToDatabase } from '../support/half-open.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { head, sendRaw } from '../support/raw-request.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { A_STRANGER, RunningConsole } from '../support/running-console.ts';
import { until } from '../support/until.ts';
import { holdsOf } from '../support/verbs/holds.ts';

let hub: Hub;
let way: WayToDatabase;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  way = await wayTo(hub.url);
});
afterEach(() => way.close());
afterAll(() => hub.drop());

const LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
const without = (greetings: readonly string[]) =>
  greetings.filter((greeting) => !LIMITS.every((limit) => greeting.includes(` ${limit} `)));

describe('every connection', () => {
  it.each(APPS)('of the %s has its limits', async (name) => {
    const app = await startApp(name, way.url);
    await sendRaw(app.url, head('GET /health/ready'));
    await app.stop();
    expect(way.greetings).not.toEqual([]);
    expect(without(way.greetings)).toEqual([]);
  });

  it('D1: of a session gives up a database that answers nothing, and the person is told', async () => {
    const console = await RunningConsole.start({ ...hub, url: way.url });
    try {
      const visitor = await console.visitedBy(hub.screener);
      expect(way.greetings.some((greeting) => greeting.includes('mash-sessions'))).toBe(true);
      expect(without(way.greetings)).toEqual([]);
      way.halfOpen();
      const begun = performance.now();
      const page = await visitor.get('/queue');
      expect([page.status, page.heading]).toEqual([503, 'The service is not available at this moment']);
      expect(performance.now() - begun).toBeLessThan(15_000);
      way.open();
      await until(async () => (await visitor.get('/queue')).status === 200);
    } finally {
      way.open();
      await console.stop();
    }
  });
});

describe('the api, while more readings wait than it has connections,', () => {
  it.each([3, 4, 10])('accepts referrals and says that it is ready with a pool of %d', async (pool) => {
    await hub.reset();
    const api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { DATABASE_POOL: pool });
    const { token } = hub.agency;
    const location = (await api.post(token, aBruisedBaby())).headers.get('Location')!;
    const readings = await holdsOf(hub.database, hub.url).holdReadingOfStatus();
    try {
      const asked = Array.from({ length: 3 * pool }, () => api.get(location, token));
      await readings.untilReached();
      // With the smallest of pools a submission waits until a reading ends, and health does not.
      if (pool > 3) expect((await api.post(token, aBruisedBaby())).status).toBe(201);
      expect((await api.get('/health/ready')).status).toBe(200);
      await readings.letGo();
      const answers = await Promise.all(asked);
      expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
      expect(answers.filter(({ status }) => status === 200)).not.toEqual([]);
    } finally {
      await readings.end(hub.database);
      await api.stop();
    }
  });
});

describe('a visitor who is not signed in', () => {
  const CONTROLLERS = PAGES.flatMap(
    (page) => Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, page) as readonly Type[],
  );
  let console: RunningConsole;
  beforeAll(async () => {
    console = await RunningConsole.start(hub);
  });
  beforeEach(() => hub.reset());
  afterAll(() => console.stop());

  it('S3: leaves no session behind, whatever page or form they ask for', async () => {
    const paths = [...pagePathsOf(CONTROLLERS), '/', '/nothing-here'].map((path) => path.replaceAll(/:\w+/g, 'x'));
    for (const path of paths) await console.visitor().get(path);
    for (const { path } of postRoutesOf(CONTROLLERS)) {
      await console.visitor().send('POST', path.replaceAll(/:\w+/g, 'x'), [['here', '/queue']]);
    }
    const visitor = console.visitor();
    await visitor.get('/queue');
    await visitor.get('/sign-in');
    await visitor.get('/sign-in/callback?code=abc&state=def');
    expect(await hub.sessionCount()).toBe(0);
    await console.visitor().signInAs(A_STRANGER);
    expect(await hub.sessionCount()).toBe(0);
    await visitor.signInAs(hub.screener);
    expect(await hub.sessionCount()).toBe(1);
  });

  it('S6: comes to the page they asked for when they have signed in, and never to another site', async () => {
    expect((await console.visitor().signInAs(hub.screener, '/queue?view=mine')).url).toContain('/queue?view=mine');
    for (const asked of ['http://evil.example/queue', '//evil.example/', '/\\evil.example/']) {
      const visitor = console.visitor();
      const { text } = await sendRaw(console.url, head(`GET ${asked}`));
      const kept = /mash-page=([^;]*)/.exec(text)?.[1] ?? '';
      expect(decodeURIComponent(kept)).not.toMatch(/evil/);
      expect((await visitor.signInAs(hub.screener, '/queue')).path).toBe('/queue');
    }
  });

  it('S8: cannot finish a sign-in that another browser began', async () => {
    const [one, other] = [console.visitor(), console.visitor()];
    const state = new URL((await one.get('/sign-in')).location!).searchParams.get('state')!;
    const page = await other.open(`/sign-in/callback?code=abc&state=${state}`);
    expect([page.status, page.heading]).toEqual([400, 'You could not be signed in']);
  });
});
