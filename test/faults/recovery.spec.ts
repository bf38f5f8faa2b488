import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, Database } from '#store';
import { MIGRATIONS } from '../../migrations/index.ts';
import { migrate } from '../../migrations/migrate.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { TestProcess } from '../support/app-process.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { ownPort } from '../support/own-port.ts';
import { aFracturedToddler, aToddlerOfItsOwn } from '../support/referrals.ts';
import { until } from '../support/until.ts';
import { holdsOf } from '../support/verbs/holds.ts';
import { silentEnvironment } from './service.ts';

/** A PostgreSQL of the test's own, which it may stop, with thirty reds in it and processes on it. */
const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-recovery-'));
let mailbox: Mailbox;
let options: Parameters<typeof startEmbeddedPostgres>[0];
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let hub: Hub;
let processes: TestProcess[];

beforeAll(async () => {
  options = { dataDir, port: await ownPort(), settings: ['fsync=off', 'track_commit_timestamp=on'] };
  postgres = await startEmbeddedPostgres(options);
  mailbox = await startMailbox(0);
  const url = postgres.url('postgres');
  const dataSource = await createDataSource({ url, pool: 4, app: 'test', migrations: MIGRATIONS }).initialize();
  await migrate(dataSource);
  const drop = () => dataSource.destroy();
  hub = await createHub({ url, dataSource, database: new Database(dataSource.manager), drop });
  await hub.clockRunsFrom('2026-11-23T10:00');
  for (let count = 0; count < 30; count++)
    await hub.submit(aFracturedToddler({ children: aToddlerOfItsOwn(String(count)) }));
  const environment = { ...silentEnvironment(url), SMTP_URL: mailbox.smtpUrl };
  processes = [
    await TestProcess.start('worker', environment),
    await TestProcess.start('worker', environment),
    await TestProcess.start('watchdog', environment),
  ];
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await hub.drop();
  await mailbox.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('fires every alert once and ends no process when PostgreSQL is restarted twice while alerts fall due', async () => {
  const ended: string[] = [];
  for (const one of processes) void one.exited.then(() => ended.push('a process ended'));
  await hub.stepsFallDueOneByOne(1);
  await until(async () => (await hub.tellingAlertCount()) >= 10);
  for (let restart = 0; restart < 2; restart++) {
    await postgres.stop();
    postgres = await startEmbeddedPostgres(options);
    await until(async () => (await hub.tellingAlertCount()) >= 40 + restart * 40);
  }
  await until(async () => (await hub.tellingAlertCount()) === 120);
  expect(ended).toEqual([]);
  await hub.untilNoDeliveryIsOnItsWay();
  const told = mailbox.mails.map(({ messageId }) => messageId).filter((id) => id.includes('alert-'));
  expect(new Set(told).size).toBe(150);
});

it('fires what is due once when a worker is killed in the middle of firing', async () => {
  const before = await hub.tellingAlertCount();
  const hold = await holdsOf(hub.database, hub.url).holdFiring();
  await hub.firstRepeatsAreDueIn(2);
  await hold.untilReached();
  await processes[0]!.kill();
  await hold.letGo();
  await until(async () => (await hub.tellingAlertCount()) === before + 30);
  expect(await hub.tellingAlertsOfDeadlines()).toEqual(Array(30).fill(5));
});
