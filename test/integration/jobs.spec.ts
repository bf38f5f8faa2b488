import { SERVICE, sql } from '#store';
import { Courier, JobRelay, jobRows, JobRunner, type JobHandlers, LedgerSweep } from '#jobs';
import { createLogger } from '#platform';
import { BACKENDS, createQueueStore, type TestQueueStore } from '../support/queue-stores.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

const log = createLogger('test', 'silent');
const ID = '00000000-0000-7000-8000-000000000000';

describe.each(BACKENDS)('the ledger with BullMQ on %s', (backend) => {
  let test: TestDatabase;
  let store: TestQueueStore;
  const open: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    test = await createTestDatabase();
    store = await createQueueStore(backend, test.url);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
    await store.close();
    await test.drop();
  });

  /** A worker's part of the machinery, with handlers that write down what they did in the order they did it. */
  async function worker(handle: (name: string, payload: object) => Promise<void> = async () => undefined) {
    const handler = (name: string) => (payload: object) => handle(name, payload);
    const handlers: JobHandlers = {
      'acknowledge-referral': handler('acknowledge-referral'),
      'match-earlier-referrals': handler('match-earlier-referrals'),
    };
    const courier = new Courier(store.settings, log);
    const relay = new JobRelay(test.database, courier, log);
    const runner = new JobRunner(test.database, handlers, log);
    const sweep = new LedgerSweep(courier, relay, runner, log);
    open.push({
      close: async () => {
        await sweep.stop();
        await courier.close();
      },
    });
    return { courier, relay, runner, sweep, start: () => (courier.work((id) => runner.run(id)), sweep.start()) };
  }

  const add = async (rating: 'red' | 'amber' | 'green', count = 1) =>
    test.database.as(SERVICE).transaction((tx) =>
      tx.insert(
        jobRows(
          tx,
          'match-earlier-referrals',
          Array.from({ length: count }, () => ({ referralId: ID, rating }) as never),
          rating,
        ),
      ),
    );
  const incomplete = async () =>
    (await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM job WHERE completed_at IS NULL`))!
      .n;
  const allDone = () => until(async () => (await incomplete()) === 0);

  it('does every job once, the most urgent first, and a surge of greens does not delay a red', async () => {
    const begun: string[] = [];
    const held: (() => void)[] = [];
    let isHolding = true;
    const { courier, relay, runner } = await worker(async (_, payload) => {
      begun.push((payload as { rating: string }).rating);
      if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
    });
    await add('green', 300);
    await relay.handOverAll();
    courier.work((id) => runner.run(id));
    // As many as are worked on at the same time.
    await until(async () => begun.length === 4);
    await add('amber');
    await add('red');
    await relay.handOverAll();
    // One after the other is finished, and makes room for one.
    for (const next of ['red', 'amber', 'green']) {
      const before = begun.length;
      held.shift()!();
      await until(async () => begun.length > before);
      expect(begun.slice(before)).toEqual([next]);
    }
    isHolding = false;
    for (const release of held) release();
    await allDone();
    expect(begun).toHaveLength(302);
  }, 60_000);

  it('does what was handed over before the store was emptied', async () => {
    const first = await worker();
    await first.relay.recoverLostJobs();
    await add('red', 20);
    await first.relay.handOverAll();
    await store.flush();
    expect(await incomplete()).toBe(20);
    (await worker()).start();
    await allDone();
    expect(await incomplete()).toBe(0);
  }, 60_000);

  it('leaves none behind that is worked on at the moment it is handed over', async () => {
    const { start, relay, courier } = await worker();
    await courier.placeSentinels();
    start();
    for (let round = 0; round < 20; round++) {
      await add('red', 10);
      relay.nudge();
    }
    await allDone();
    // None was dropped by the worker and handed over a second time.
    const handed = await test.database.as(SERVICE).row(sql`SELECT count(*) AS jobs, sum(hand_overs) AS times FROM job`);
    expect(handed).toEqual({ jobs: 200, times: 200 });
  }, 60_000);

  it('tries a failed job again, and writes down that it failed', async () => {
    let tries = 0;
    const { start } = await worker(async () => {
      if (++tries < 3) throw new TypeError('a canary name');
    });
    await add('red');
    start();
    await until(async () => {
      // What waits for its next try is made due at once.
      await test.database.as(SERVICE).rows(sql`UPDATE job SET run_after = created_at WHERE completed_at IS NULL`);
      return (await incomplete()) === 0;
    });
    const job = await test.database.as(SERVICE).row(sql`SELECT failures, last_failure AS "lastFailure" FROM job`);
    expect([tries, job]).toEqual([3, { failures: 2, lastFailure: 'TypeError' }]);
    expect(await store.dump()).not.toContain('canary');
  }, 60_000);

  it('does a job once that is delivered twice', async () => {
    let runs = 0;
    const { start, relay, courier } = await worker(async () => void runs++);
    await courier.placeSentinels();
    await add('red', 10);
    await relay.handOverAll();
    await test.database.as(SERVICE).rows(sql`UPDATE job SET handed_over_at = NULL`);
    await relay.handOverAll();
    const delivered = await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT sum(hand_overs) AS n FROM job`);
    expect(delivered!.n).toBe(20);
    start();
    await allDone();
    expect(runs).toBe(10);
  }, 60_000);

  it('keeps ids only where BullMQ can see them', async () => {
    const { relay } = await worker();
    await test.database
      .as(SERVICE)
      .transaction((tx) =>
        tx.insert(jobRows(tx, 'match-earlier-referrals', [{ referralId: 'Canaryella Quux' }], 'red')),
      );
    await relay.handOverAll();
    const dump = await store.dump();
    expect(dump).toContain('match-earlier-referrals');
    expect(dump).not.toContain('Canaryella');
  });
});

describe('BullMQ’s Redis', () => {
  it('stopped for the length of a test: every job is done, and goes on through it when it is back', async () => {
    const test = await createTestDatabase();
    const store = await createQueueStore('redis', test.url);
    const handlers = Object.fromEntries(
      ['acknowledge-referral', 'match-earlier-referrals'].map((name) => [name, async () => undefined]),
    ) as unknown as JobHandlers;
    const courier = new Courier(store.settings, log);
    const runner = new JobRunner(test.database, handlers, log);
    const sweep = new LedgerSweep(courier, new JobRelay(test.database, courier, log), runner, log);
    const add = () =>
      test.database.as(SERVICE).transaction((tx) =>
        tx.insert(
          jobRows(
            tx,
            'match-earlier-referrals',
            Array.from({ length: 30 }, () => ({ referralId: ID })),
            'red',
          ),
        ),
      );
    const count = async (which: string) =>
      (await test.database.as(SERVICE).row<{ n: number }>(`SELECT count(*) AS n FROM job WHERE ${which}`))!.n;
    const allDone = () => until(async () => (await count('completed_at IS NULL')) === 0);
    // What a worker does itself is not handed over when it does it.
    const through = () => count('completed_at IS NOT NULL AND handed_over_at IS NOT NULL');
    try {
      courier.work((id) => runner.run(id));
      sweep.start();
      await store.stop();
      await add();
      await allDone();
      expect(await through()).toBe(0);
      await store.start();
      await until(async () => {
        await add();
        await allDone();
        return (await through()) > 0;
      });
    } finally {
      await sweep.stop();
      await courier.close();
      await store.close();
      await test.drop();
    }
  }, 60_000);
});

it('does not start without a handler for every job', async () => {
  const { assertEveryJobHasAHandler } = await import('#jobs');
  expect(() => assertEveryJobHasAHandler({ 'acknowledge-referral': async () => undefined })).toThrow(
    'No handler for match-earlier-referrals',
  );
});
