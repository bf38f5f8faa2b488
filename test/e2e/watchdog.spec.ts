import { createLogger, type WatchdogSettings, type WorkerSettings } from '#platform';
import { SERVICE, sql, raw } from '#store';
import { Canary } from '#watchdog';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { Alerting } from '../../apps/worker/src/alerting.ts';
import { createWatchdog } from '../../apps/watchdog/src/create-watchdog.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { setToMondayMorning } from '../support/monday-morning.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { until } from '../support/until.ts';

const silent = createLogger('test', 'silent');

let hub: Hub;
let fed: number;
let outside: Server;
let settings: WatchdogSettings;
let running: (() => Promise<unknown>)[];

beforeEach(async () => {
  hub = await createHub();
  await setToMondayMorning(hub.database);
  fed = 0;
  running = [];
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
afterEach(async () => {
  for (const stop of running) await stop();
  await new Promise((resolve) => outside.close(resolve));
  await hub.drop();
});

async function startWatchdog(): Promise<{ app: INestApplication; url: string }> {
  const app = await createWatchdog(settings, silent);
  running.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}

async function startAlerting(): Promise<void> {
  const alerting = await Alerting.connect(settings as unknown as WorkerSettings, silent);
  alerting.start();
  running.push(() => alerting.stop());
}

const ready = async (url: string) => (await fetch(`${url}/health/ready`)).status;

it('feeds the switch outside once a canary has come back, and says so in its metrics and on record', async () => {
  await startAlerting();
  const { url } = await startWatchdog();
  expect(await ready(url)).toBe(503);
  expect(fed).toBe(0);
  await until(async () => (await ready(url)) === 200);
  expect(fed).toBe(1);
  const scraped = async () => (await fetch(`${url}/metrics`)).text();
  await until(async () => /^mash_holds 1$/m.test(await scraped()));
  const metrics = await scraped();
  expect(metrics).toMatch(/^mash_oldest_unfired_seconds 0$/m);
  expect(metrics).toMatch(/^mash_canary_lateness_seconds 0(\.\d+)?$/m);
  const round = await hub.database
    .as(SERVICE)
    .row<{ holds: boolean; fedAt: Temporal.Instant | null }>(
      sql`SELECT holds, switch_fed_at AS "fedAt" FROM watchdog_round`,
    );
  expect([round!.holds, round!.fedAt === null]).toEqual([true, false]);
}, 60_000);

it('without any worker fires what is due itself, and never feeds the switch', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.database.as(SERVICE)
    .rows(sql`UPDATE deadline_step SET at = mash.now() - interval '10 seconds', fire_at = mash.now() - interval '10 seconds'
    WHERE position = 0`);
  const { url } = await startWatchdog();
  await until(async () => (await hub.alertsOf(reference)).length === 1);
  expect(await ready(url)).toBe(503);
  expect(
    (await (await fetch(`${url}/metrics`)).text()).match(/mash_invariant_broken\{invariant="I1"\} (\d)/)?.[1],
  ).toBe('1');
  expect(fed).toBe(0);
}, 60_000);

describe('an invariant is found broken when', () => {
  const found = async () => (await hub.invariants.execute()).map(({ invariant, count }) => `${invariant} ${count}`);

  it.each([
    [
      'I1',
      `UPDATE deadline_step SET at = mash.now() - interval '6 seconds', fire_at = mash.now() - interval '6 seconds' WHERE position = 0`,
    ],
    ['I2', `UPDATE deadline_step SET state = 'fired' WHERE position = 0`],
    ['I3', `UPDATE deadline SET state = 'met', ended_at = mash.now() WHERE kind = 'decision'`],
    ['I5', `UPDATE deadline SET due_at = due_at + interval '1 minute' WHERE kind = 'decision'`],
    ['I6', `ALTER TABLE idempotency_key DISABLE TRIGGER USER; DELETE FROM idempotency_key`],
  ])('%s', async (invariant, statements) => {
    await hub.submit(aFracturedToddler());
    expect(await found()).toEqual([]);
    for (const one of statements.split('; ')) await hub.database.as(SERVICE).rows(sql`${raw(one)}`);
    expect(await found()).toEqual([`${invariant} 1`]);
  });

  it('I2: an alert without a delivery, a red that nobody sends, a lease that nobody takes over', async () => {
    await hub.submit(aFracturedToddler());
    await hub.database
      .as(SERVICE)
      .rows(sql`UPDATE deadline_step SET at = mash.now(), fire_at = mash.now() WHERE position = 0`);
    await hub.fireDue.execute();
    expect(await found()).toEqual([]);
    await hub.database.as(SERVICE).rows(sql`UPDATE delivery SET next_attempt_at = mash.now() - interval '31 seconds'`);
    expect(await found()).toEqual(['I2 1']);
    await hub.database
      .as(SERVICE)
      .rows(
        sql`UPDATE delivery SET state = 'sending', lease_until = mash.now() - interval '31 seconds', lease_owner = id`,
      );
    expect(await found()).toEqual(['I2 1']);
    await hub.database.as(SERVICE).rows(sql`DELETE FROM delivery`);
    expect(await found()).toEqual(['I2 1']);
  });

  it('I4: an alert came after its deadline had ended', async () => {
    await hub.submit(aFracturedToddler());
    await hub.database
      .as(SERVICE)
      .rows(sql`UPDATE deadline_step SET at = mash.now(), fire_at = mash.now() WHERE position = 0`);
    await hub.fireDue.execute();
    await hub.database
      .as(SERVICE)
      .rows(
        sql`UPDATE deadline SET state = 'superseded', ended_at = mash.now() - interval '10 seconds' WHERE kind = 'decision'`,
      );
    expect(await found()).toEqual(['I3 1', 'I4 1']);
  });
});

it('a step that cannot be fired holds no other up, and is counted until it is', async () => {
  for (let count = 0; count < 5; count++) await hub.submit(aFracturedToddler());
  await hub.database.as(SERVICE)
    .rows(sql`UPDATE deadline_step SET at = mash.now() - interval '6 seconds', fire_at = mash.now() - interval '6 seconds'
    WHERE position = 0`);
  const [bad] = await hub.database.as(SERVICE).rows<{ id: string }>(
    sql`UPDATE deadline_step SET ladder = '{"not": "a ladder"}' WHERE id = (SELECT id FROM deadline_step WHERE position = 0 LIMIT 1)
     RETURNING id`,
  );
  expect(await hub.fireDue.execute()).toBe(4);
  expect(await hub.database.as(SERVICE).rows(sql`SELECT id FROM alert`)).toHaveLength(4);
  expect(
    await hub.database.as(SERVICE).rows(sql`SELECT id FROM deadline_step WHERE state = 'waiting' AND position = 0`),
  ).toEqual([bad]);
  expect(await hub.invariants.execute()).toEqual([{ invariant: 'I1', count: 1 }]);
});

it('an old canary goes, with all it left', async () => {
  await startAlerting();
  const { url } = await startWatchdog();
  await until(async () => (await ready(url)) === 200);
  await hub.database
    .as(SERVICE)
    .rows(sql`UPDATE deadline SET armed_at = armed_at - interval '8 days' WHERE kind = 'canary'`);
  await new Canary(hub.database, hub.policies).fly();
  const left = await hub.database
    .as(SERVICE)
    .row<{ n: number }>(
      sql`SELECT count(*) AS n FROM deadline WHERE kind = 'canary' AND armed_at < mash.now() - interval '7 days'`,
    );
  expect(left!.n).toBe(0);
}, 60_000);
