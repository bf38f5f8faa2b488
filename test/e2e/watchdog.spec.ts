import { createLogger, type WatchdogSettings, type WorkerSettings } from '#platform';
import { Watchdog } from '#watchdog';
import { ReviewGlass } from '#restrictions';
import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Alerting } from '../../apps/worker/src/alerting.ts';
import { createWatchdog } from '../../apps/watchdog/src/create-watchdog.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { restricting } from '../support/restricting.ts';
import { until } from '../support/until.ts';
import { jobsOf } from '../support/verbs/jobs.ts';
import { asSuperuser, recordOf, verifyAtNight } from '../support/verbs/record-chain.ts';

const silent = createLogger('test', 'silent');

let hub: Hub;
const { restricts, breaksGlass, glass } = restricting(() => hub);
/** How often the switch outside was fed. */
let fed: number;
let outside: Server;
let settings: WatchdogSettings;
let running: (() => Promise<unknown>)[];

beforeAll(async () => {
  hub = await createHub();
  outside = createServer((_, response) => {
    fed++;
    response.end();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => outside.once('listening', resolve));
  settings = {
    DATABASE_URL: hub.url,
    DATABASE_POOL: 3,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'mash@hub.example.org',
    CONSOLE_URL: 'http://127.0.0.1:3001',
    NOTIFY_URL: 'http://127.0.0.1:9',
    DEAD_MANS_SWITCH_URL: `http://127.0.0.1:${(outside.address() as AddressInfo).port}`,
  } as WatchdogSettings;
});
beforeEach(async () => {
  await hub.reset();
  fed = 0;
  running = [];
});
afterEach(async () => {
  for (const stop of running) await stop();
});
afterAll(async () => {
  await new Promise((resolve) => outside.close(resolve));
  await hub.drop();
});

async function startWatchdog() {
  const app: INestApplication = await createWatchdog(settings, silent);
  running.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    /** Ends its rounds by itself: the first, which began when it started, is finished. */
    stopAfterRound: () => app.get(Watchdog).stop(),
    isReady: async () => (await fetch(`${url}/health/ready`)).status === 200,
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
  };
}

async function startAlerting(): Promise<void> {
  const alerting = await Alerting.connect(settings as unknown as WorkerSettings, silent);
  alerting.start();
  running.push(() => alerting.stop());
}

describe('the watchdog', () => {
  it('feeds the switch outside when a canary has come back, and says so in its metrics and on record', async () => {
    await hub.letClockRun();
    const watchdog = await startWatchdog();
    await until(async () => (await hub.openDeadlines('canary')).length === 1);
    expect([await watchdog.isReady(), fed]).toEqual([false, 0]);
    await startAlerting();
    await until(async () => (await hub.openDeadlines('canary')).length === 0);
    // A canary counts when it has had ten seconds to come back.
    await hub.moveBy({ seconds: 10 });
    await hub.letClockRun();
    await until(async () => fed > 0);
    await until(watchdog.isReady);
    let metrics = '';
    const says = (line: string) => metrics.split('\n').includes(line);
    await until(async () => {
      metrics = await watchdog.metrics();
      return says('mash_holds 1') && says('mash_oldest_unfired_seconds 0');
    });
    expect(metrics).toMatch(/^mash_canary_lateness_seconds \d+(\.\d+)?$/m);
    await until(async () => (await hub.lastRound())?.switchFedAt instanceof Temporal.Instant);
    expect((await hub.lastRound())!.holds).toBe(true);
  });

  it('says in its metrics whether the record is as it was written, once that is known', async () => {
    const ofRecord = async () => {
      const watchdog = await startWatchdog();
      await watchdog.stopAfterRound();
      return (await watchdog.metrics()).split('\n').filter((line) => /^mash_record_(verified|checkpoint)/.test(line));
    };
    expect(await ofRecord()).toEqual([]);
    const record = recordOf(hub.database);
    await record.checkpoint();
    await verifyAtNight(hub, record);
    await hub.moveBy({ minutes: 2 });
    expect(await ofRecord()).toEqual(['mash_record_verified 1', 'mash_record_checkpoint_age_seconds 120']);
    await asSuperuser(hub.url, `UPDATE audit_entry SET act = 'queue.read' WHERE act = 'staff.added'`);
    await verifyAtNight(hub, record);
    expect(await ofRecord()).toContain('mash_record_verified 0');
  });

  it('says in its metrics what waits for people and for the service, in numbers alone', async () => {
    const ofWaiting = async () => {
      const watchdog = await startWatchdog();
      await watchdog.stopAfterRound();
      const lines = (await watchdog.metrics()).split('\n');
      return lines.filter((line) => /^mash_(oldest_unclaimed|oldest_job|jobs|glass)_/.test(line));
    };
    const figures = (red: number, amber: number, jobs: number, failing: number, oldest: number, glass: number) => [
      ...[
        `mash_oldest_unclaimed_seconds{rating="red"} ${red}`,
        `mash_oldest_unclaimed_seconds{rating="amber"} ${amber}`,
      ],
      ...['mash_oldest_unclaimed_seconds{rating="green"} 0', `mash_jobs_waiting ${jobs}`],
      ...[`mash_jobs_failing ${failing}`, `mash_oldest_job_seconds ${oldest}`, `mash_glass_not_reviewed ${glass}`],
    ];
    expect(await ofWaiting()).toEqual(figures(0, 0, 0, 0, 0, 0));

    const ledger = jobsOf(hub.database);
    const held = await hub.submit(aFracturedToddler());
    await hub.claims(hub.socialWorker, held);
    await hub.moveBy({ seconds: 30 });
    await hub.submit(aFracturedToddler());
    await hub.moveBy({ seconds: 10 });
    await hub.submit(aFracturedToddler());
    const restricted = await hub.submit(aRoutineAmber());
    await restricts(restricted);
    await hub.jobsFailed('match-earlier-referrals', 2);
    await hub.moveBy({ seconds: 60 });
    await breaksGlass(restricted, hub.screener);
    const jobs = await ledger.openJobs();
    const failing = (await ledger.failures()).filter(({ failures }) => failures > 0).length;
    expect([jobs, failing]).toEqual([expect.any(Number), 4]);
    expect(await ofWaiting()).toEqual(figures(70, 60, jobs, failing, 100, 1));

    const { id: glassId } = (await glass())[0]!;
    const looked = { finding: 'was_needed', words: 'It was.', formId: randomUUID(), by: hub.otherManager } as const;
    await hub.whole.get(ReviewGlass).execute({ glassId, ...looked });
    await ledger.removeEveryJob();
    expect(await ofWaiting()).toEqual(figures(70, 60, 0, 0, 0, 0));
  });

  it('fires what is due by itself when no worker runs, and does not feed the switch', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.firstStepsAreOverdue(10);
    const watchdog = await startWatchdog();
    await watchdog.stopAfterRound();
    expect(await hub.alertsOf(reference)).toHaveLength(1);
    expect(await watchdog.isReady()).toBe(false);
    expect(await watchdog.metrics()).toMatch(/^mash_invariant_broken\{invariant="I1"\} 1$/m);
    expect([fed, (await hub.lastRound())!.holds]).toEqual([0, false]);
  });
});

describe('the invariants', () => {
  const found = async () => (await hub.invariants.execute()).map(({ invariant, count }) => `${invariant} ${count}`);
  const alerted = async () => {
    await hub.submit(aFracturedToddler());
    await hub.firstStepsAreOverdue(0);
    await hub.fireDue.execute();
    expect(await found()).toEqual([]);
  };

  it.each<[string, string, () => Promise<void>]>([
    ['I1', 'a step is due for six seconds and has not fired', () => hub.firstStepsAreOverdue(6)],
    ['I2', 'a step that fired has no alert', () => hub.firstStepsSayThatTheyFired()],
    ['I3', 'an undecided referral has no open deadline', () => hub.decisionDeadlinesSayThatTheyAreMet()],
    ['I5', 'a due time is not the one of its versions', () => hub.dueTimesAreAMinuteLate()],
    ['I6', 'a referral has no idempotency key', () => hub.idempotencyKeysAreLost()],
    ['I7', 'a figure was other than recomputed', () => hub.aFigureDiffered()],
  ])('find %s broken when %s', async (invariant, _, damage) => {
    await hub.submit(aFracturedToddler());
    expect(await found()).toEqual([]);
    await damage();
    expect(await found()).toEqual([`${invariant} 1`]);
  });

  it.each<[string, () => Promise<void>]>([
    ['a delivery of a red has waited for 31 seconds', () => hub.deliveriesWait(31)],
    ['no sender took over a lease that ran out 31 seconds ago', () => hub.sendersAreGone(31)],
    ['an alert has no delivery', () => hub.deliveriesAreLost()],
  ])('find I2 broken when %s', async (_, damage) => {
    await alerted();
    await damage();
    expect(await found()).toEqual(['I2 1']);
  });

  it('find I4 broken when an alert came after its deadline had ended', async () => {
    await alerted();
    await hub.decisionDeadlinesHadEnded(10);
    expect(await found()).toEqual(['I3 1', 'I4 1']);
  });

  it('count a step that cannot be fired, which does not delay the others', async () => {
    for (let count = 0; count < 5; count++) await hub.submit(aFracturedToddler());
    await hub.firstStepsAreOverdue(6);
    const unreadable = await hub.oneFirstStepIsUnreadable();
    expect(await hub.fireDue.execute()).toBe(4);
    expect(await hub.alertCount()).toBe(4);
    expect(await hub.waitingFirstSteps()).toEqual([unreadable]);
    expect(await found()).toEqual(['I1 1']);
  });
});
