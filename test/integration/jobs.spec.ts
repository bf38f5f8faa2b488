import {
  connectQueueStore,
  assertEveryJobHasAHandler,
  Courier,
  CourierAway,
  JobRelay,
  jobRows,
  JobRunner,
  LedgerSweep,
} from '#jobs';
import { createLogger } from '#platform';
import { SERVICE } from '#store';
import { handlersOf } from '../support/job-handlers.ts';
import { BACKENDS, createQueueStore, type TestQueueStore } from '../support/queue-stores.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';
import { jobsOf } from '../support/verbs/jobs.ts';

const log = createLogger('test', 'silent');
const ID = '00000000-0000-7000-8000-000000000000';

/** Tries again while BullMQ's store does not answer in its two seconds: a machine with other work may be that slow. */
const patiently = (work: () => Promise<void>) =>
  until(() =>
    work().then(
      () => true,
      (error: unknown) => {
        if (error instanceof CourierAway) return false;
        throw error;
      },
    ),
  );

describe.each(BACKENDS)('the ledger with BullMQ on %s', (backend) => {
  let test: TestDatabase;
  let jobs: ReturnType<typeof jobsOf>;
  let store: TestQueueStore;
  const open: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    test = await createTestDatabase();
    jobs = jobsOf(test.database);
    store = await createQueueStore(backend, test.url);
  });
  afterEach(async () => {
    for (const one of open.splice(0).reverse()) await one.close();
    await store.flush();
    await jobs.removeEveryJob();
  });
  afterAll(async () => {
    await store.close();
    await test.drop();
  });

  /** A worker's part of the machinery, with handlers that write down what they did in the order they did it. */
  async function worker(handle: (name: string, payload: object) => Promise<void> = async () => undefined) {
    const handlers = handlersOf({}, handle);
    const courier = new Courier(await connectQueueStore(store.settings), log);
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
  it('does every job once, and a red next although three hundred greens wait', async () => {
    const begun: string[] = [];
    const held: (() => void)[] = [];
    let isHolding = true;
    const { courier, relay, runner } = await worker(async (_, payload) => {
      begun.push((payload as { rating: string }).rating);
      if (isHolding) await new Promise<void>((resolve) => held.push(resolve));
    });
    await add('green', 300);
    await patiently(() => relay.handOverAll());
    courier.work((id) => runner.run(id));
    // As many as are worked on at the same time.
    await until(async () => begun.length === 4);
    await add('amber');
    await add('red');
    await patiently(() => relay.handOverAll());
    // One after the other is finished, and makes room for one.
    for (const next of ['red', 'amber', 'green']) {
      const before = begun.length;
      held.shift()!();
      await until(async () => begun.length > before);
      expect(begun.slice(before)).toEqual([next]);
    }
    isHolding = false;
    for (const release of held) release();
    await jobs.untilAllJobsAreDone();
    expect(begun).toHaveLength(302);
  });

  it('D2: does the jobs that were handed over before the store was emptied', async () => {
    const first = await worker();
    await patiently(() => first.relay.recoverLostJobs());
    await add('red', 20);
    await patiently(() => first.relay.handOverAll());
    await store.flush();
    expect(await jobs.openJobs()).toBe(20);
    (await worker()).start();
    await jobs.untilAllJobsAreDone();
  });

  it('hands each job over once while the worker does others', async () => {
    const { start, relay, courier } = await worker();
    await patiently(() => courier.placeSentinels());
    start();
    for (let round = 0; round < 20; round++) {
      await add('red', 10);
      relay.nudge();
    }
    await jobs.untilAllJobsAreDone();
    // None was dropped by the worker and handed over a second time.
    expect([await jobs.jobCount(), await jobs.handOvers()]).toEqual([200, 200]);
  });

  it('tries a failed job again, and keeps the name of its failure only', async () => {
    let tries = 0;
    const { start } = await worker(async () => {
      if (++tries < 3) throw new TypeError('a canary name');
    });
    await add('red');
    start();
    await until(async () => {
      await jobs.makeEveryJobDue();
      return (await jobs.openJobs()) === 0;
    });
    expect([tries, await jobs.failures()]).toEqual([3, [{ failures: 2, lastFailure: 'TypeError' }]]);
    expect(await store.dump()).not.toContain('canary');
  });

  it('does each job once when BullMQ delivers it twice', async () => {
    let runs = 0;
    const { start, relay, courier } = await worker(async () => void runs++);
    await patiently(() => courier.placeSentinels());
    await add('red', 10);
    await patiently(() => relay.handOverAll());
    await jobs.forgetHandOvers();
    await patiently(() => relay.handOverAll());
    expect(await jobs.handOvers()).toBeGreaterThanOrEqual(20);
    start();
    await jobs.untilAllJobsAreDone();
    expect(runs).toBe(10);
  });

  it('gives BullMQ ids and names of jobs, and no payload', async () => {
    const { relay } = await worker();
    await test.database
      .as(SERVICE)
      .transaction((tx) =>
        tx.insert(jobRows(tx, 'match-earlier-referrals', [{ referralId: 'Canaryella Quux' }], 'red')),
      );
    await patiently(() => relay.handOverAll());
    const dump = await store.dump();
    expect(dump).toContain('match-earlier-referrals');
    expect(dump).not.toContain('Canaryella');
  });
});

describe('a worker whose Redis is stopped', () => {
  it('D2: does every job while Redis is stopped, and hands jobs over again when Redis is back', async () => {
    const test = await createTestDatabase();
    const store = await createQueueStore('redis', test.url);
    const handlers = handlersOf({});
    const courier = new Courier(await connectQueueStore(store.settings), log);
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
    const jobs = jobsOf(test.database);
    try {
      courier.work((id) => runner.run(id));
      sweep.start();
      await store.stop();
      await add();
      await jobs.untilAllJobsAreDone();
      expect(await jobs.jobsDoneThroughBullMq()).toBe(0);
      await store.start();
      await until(async () => {
        await add();
        await jobs.untilAllJobsAreDone();
        return (await jobs.jobsDoneThroughBullMq()) > 0;
      });
    } finally {
      await sweep.stop();
      await courier.close();
      await store.close();
      await test.drop();
    }
  });
});

it('refuses a list of handlers in which a job has none', () => {
  expect(() => assertEveryJobHasAHandler({ 'acknowledge-referral': async () => undefined })).toThrow(
    'No handler for match-earlier-referrals, scan-attachment, close-days, draw-sample, make-evidence, weekly-summary',
  );
});
