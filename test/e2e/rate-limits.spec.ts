import { LimitStore, RateLimit } from '#access';
import type { Settings } from '#platform';
import { addAgency } from '../support/agencies-and-staff.ts';
import { wayTo } from '../support/half-open.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { BACKENDS, createQueueStore } from '../support/queue-stores.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningApi, type Sent } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';
import { countedCallers } from '../support/verbs/refusals.ts';

const LIMITS = { RATE_SUBMISSIONS: 12, RATE_READINGS: 15, RATE_FAILED_CREDENTIALS: 10 };

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const times = <T>(count: number, ask: () => Promise<T>) => Promise.all(Array.from({ length: count }, ask));
const statuses = (answers: readonly Sent[]) => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const A_STATUS = '/api/v1/referrals/MASH-0000-0000';

describe('the api', () => {
  let api: RunningApi;
  beforeEach(async () => {
    api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, LIMITS);
  });
  afterEach(() => api.stop());
  const submit = (token = hub.agency.token) => api.post(token, aBruisedBaby());
  const read = (token = hub.agency.token) => api.get(A_STATUS, token);

  it('tells an agency with each answer what it may still send', async () => {
    const { headers } = await submit();
    expect(headers.get('RateLimit-Policy')).toBe('"submissions";q=12;w=60');
    expect(headers.get('RateLimit')).toMatch(/^"submissions";r=11;t=\d+$/);
    expect((await read()).headers.get('RateLimit')).toMatch(/^"readings";r=14;t=\d+$/);
  });

  it('D6: refuses an agency that sends more than its share, and says when to send again', async () => {
    const answers = [];
    for (let count = 0; count < 14; count++) answers.push(await submit());
    expect(statuses(answers)).toEqual({ 201: 12, 429: 2 });
    const refused = answers.at(-1)!;
    const seconds = Number(refused.headers.get('Retry-After'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('Content-Type')).toContain('application/problem+json');
    expect(refused.headers.get('RateLimit')).toBe(`"submissions";r=0;t=${seconds}`);
    expect(refused.body).toMatchObject({ type: 'urn:mash-triage:problem:too-many-requests', status: 429 });
    expect(await hub.receivedCount()).toBe(12);
  });

  it('D6: counts referrals, readings, failed credentials and each agency apart', async () => {
    const other = await addAgency(hub.database, 'Other School');
    expect(statuses(await times(40, () => read()))).toEqual({ 404: 15, 429: 25 });
    expect((await submit()).status).toBe(201);
    expect((await read(other.token)).status).toBe(404);
    expect(statuses(await times(20, () => submit()))).toEqual({ 201: 11, 429: 9 });
    expect((await submit(other.token)).status).toBe(201);
    for (let count = 0; count < 12; count++) await read('mash_unknown');
    expect((await read('mash_unknown')).status).toBe(429);
    // The same address sends them all.
    expect((await submit(other.token)).status).toBe(201);
    expect((await read(other.token)).status).toBe(404);
  });

  it('is as strict in two processes as in one', async () => {
    const second = await RunningApi.start(hub.url, { databaseUrl: hub.url }, LIMITS);
    try {
      const answers = [];
      for (let count = 0; count < 10; count++) {
        answers.push(await read(), await second.get(A_STATUS, hub.agency.token));
      }
      expect(statuses(answers)).toEqual({ 404: 15, 429: 5 });
    } finally {
      await second.stop();
    }
  });

  it('believes no header about the address that a request comes from', async () => {
    const answers = [];
    for (let count = 0; count < 14; count++) {
      const headers = { Authorization: 'Bearer mash_unknown', 'X-Forwarded-For': `10.0.0.${count}` };
      answers.push(await api.send('GET', A_STATUS, { headers }));
    }
    expect(statuses(answers)).toEqual({ 401: 11, 429: 3 });
  });

  it('keeps no address and no credential with what it counts', async () => {
    await submit();
    await read('mash_unknown');
    const callers = await countedCallers(hub.database);
    expect(callers).toHaveLength(2);
    expect(callers.join()).toContain(hub.agency.agencyId);
    expect(callers.join()).not.toMatch(/127\.0\.0\.1|mash_unknown/);
  });

  it('answers health whatever an address has sent', async () => {
    await times(60, () => read('mash_unknown'));
    expect((await api.get('/health/ready')).status).toBe(200);
  });
});

it('the console lets no address try to sign in again and again', async () => {
  const console = await RunningConsole.start(hub);
  try {
    const visitor = console.visitor();
    const tries = [];
    for (let count = 0; count < 70; count++) tries.push((await visitor.get('/sign-in/callback?state=a')).status);
    expect([tries[0], tries.at(-1)]).toEqual([400, 429]);
    const page = await visitor.get('/sign-in');
    expect([page.status, Number(page.headers.get('Retry-After')) > 0]).toEqual([429, true]);
    expect((await visitor.get('/help')).status).toBe(200);
  } finally {
    await console.stop();
  }
});

const POLICY = { name: 'tests', points: 10, seconds: 60 };

describe.each(BACKENDS)('a limit that is counted on %s', (backend) => {
  it('lets exactly so many through in a hundred requests at once', async () => {
    const queues = await createQueueStore(backend, hub.url);
    const store = new LimitStore({ DATABASE_URL: hub.url, REDIS_URL: queues.settings.redisUrl } as Settings);
    try {
      const limit = new RateLimit(store, POLICY);
      const standings = await times(100, () => limit.count('caller'));
      expect(standings.filter(({ isOver }) => !isOver)).toHaveLength(10);
      expect(limit.known('caller')).toMatchObject({ isOver: true });
      expect([limit.known('another'), (await limit.count('another')).isOver]).toEqual([null, false]);
    } finally {
      await store.onApplicationShutdown();
      await queues.close();
    }
  });
});

describe('a limit whose store is away', () => {
  const countsByItself = async (store: LimitStore) => {
    const limit = new RateLimit(store, POLICY);
    const begun = performance.now();
    const standings = [];
    for (let count = 0; count < 50; count++) standings.push(await limit.count('caller'));
    expect(standings.map(({ isOver }) => isOver)).toEqual(Array.from({ length: 50 }, (_, at) => at >= 10));
    // Fifty requests wait a tenth of a second for each second that goes by, and not each of them.
    expect(performance.now() - begun).toBeLessThan(2_500);
  };

  it('goes on in each process by itself while PostgreSQL is half open', async () => {
    const way = await wayTo(hub.url);
    way.halfOpen();
    const store = new LimitStore({ DATABASE_URL: way.url } as Settings);
    try {
      await countsByItself(store);
    } finally {
      way.open();
      await store.onApplicationShutdown();
      await way.close();
    }
  });

  it('goes on in each process by itself while Redis is stopped', async () => {
    const queues = await createQueueStore('redis', hub.url);
    const store = new LimitStore({ DATABASE_URL: hub.url, REDIS_URL: queues.settings.redisUrl } as Settings);
    try {
      await queues.stop();
      await countsByItself(store);
    } finally {
      await store.onApplicationShutdown();
      await queues.close();
    }
  });

  it.each([
    ['127.0.0.1', '127.0.0.2', false],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2', false],
    ['::1', '::2', true],
  ])('counts %s and %s as one address: %s', async (one, other, isOne) => {
    const store = new LimitStore({ DATABASE_URL: hub.url } as Settings);
    expect(store.keyOf(one) === store.keyOf(other)).toBe(isOne);
    await store.onApplicationShutdown();
  });
});
