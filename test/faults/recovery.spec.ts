import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Policies } from '#deadlines';
import { SubmitReferral } from '#referrals';
import { SERVICE, createDataSource, Database, sql } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { addAgency, addEverybodyOnDuty } from '../support/agencies-and-staff.ts';
import { TestProcess } from '../support/app-process.ts';
import { setToMondayMorning } from '../support/monday-morning.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { ownPort } from '../support/own-port.ts';
import { until } from '../support/until.ts';

/** A PostgreSQL of the test's own, which it may stop, with referrals in it and processes on it. */
const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-recovery-'));
let mailbox: Mailbox;
let options: Parameters<typeof startEmbeddedPostgres>[0];
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let processes: TestProcess[];
let environment: Record<string, string>;

beforeAll(async () => {
  options = { dataDir, port: await ownPort(), settings: ['fsync=off', 'track_commit_timestamp=on'] };
  postgres = await startEmbeddedPostgres(options);
  mailbox = await startMailbox(0);
  processes = [];
  environment = {
    DATABASE_URL: postgres.url('postgres'),
    SMTP_URL: mailbox.smtpUrl,
    CONSOLE_URL: 'http://127.0.0.1:3001',
    WORKER_PORT: '0',
    WATCHDOG_PORT: '0',
  };
}, 60_000);
afterAll(async () => {
  await Promise.all(processes.map((one) => one.kill()));
  await mailbox.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function onDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const url = postgres.url('postgres');
  const source = await createDataSource({ url, pool: 4, app: 'test', migrations: MIGRATIONS }).initialize();
  try {
    return await work(new Database(source.manager));
  } finally {
    await source.destroy();
  }
}

const start = async (app: 'worker' | 'watchdog') => {
  const started = await TestProcess.start(app, environment);
  processes.push(started);
  return started;
};

/** Every red's first step at an instant of its own, a tenth of a second apart, from so many seconds on. */
const dueOneByOne = (database: Database, fromSeconds: number) =>
  database.as(SERVICE).rows(
    sql`UPDATE deadline_step SET at = due.at, fire_at = due.at FROM (
       SELECT id, (SELECT mash.now()) + make_interval(secs => ${fromSeconds} + row_number() OVER (ORDER BY id) * 0.1) AS at
       FROM deadline_step WHERE state = 'waiting' AND repetition = 0) due WHERE due.id = deadline_step.id`,
  );

it('PostgreSQL is restarted while alerts fall due: nothing ends, each fires once, none is lost', async () => {
  await onDatabase(async (database) => {
    await migrate(database['manager'].dataSource);
    await setToMondayMorning(database);
    const { agencyId } = await addAgency(database);
    await addEverybodyOnDuty(database);
    const submit = new SubmitReferral(database, new Policies(database), { nudge: () => undefined });
    for (let count = 0; count < 30; count++) {
      await submit.execute({ agencyId, idempotencyKey: randomUUID(), referral: aFracturedToddler() });
    }
  });
  const running = [await start('worker'), await start('worker'), await start('watchdog')];
  const ended: string[] = [];
  for (const one of running) void one.exited.then(() => ended.push('a process ended'));
  await onDatabase((database) => dueOneByOne(database, 1));
  const alerts = async () =>
    (await onDatabase((database) => database.as(SERVICE).rows(sql`SELECT id FROM alert WHERE told <> ${[]}`))).length;
  await until(async () => (await alerts()) >= 10);
  for (let restart = 0; restart < 2; restart++) {
    await postgres.stop();
    postgres = await startEmbeddedPostgres(options);
    await until(async () => (await alerts()) >= 40 + restart * 40);
  }
  await until(async () => (await alerts()) === 120);
  expect(ended).toEqual([]);
  await until(
    async () =>
      (
        await onDatabase((database) =>
          database.as(SERVICE).rows(sql`SELECT 1 FROM delivery WHERE state IN ('queued', 'sending')`),
        )
      ).length === 0,
  );
  const told = mailbox.mails.filter(({ messageId }) => messageId.includes('alert-'));
  expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(150);
}, 120_000);

it('half the workers killed in the middle of firing: the others fire what is due, each once', async () => {
  await onDatabase((database) =>
    database.as(SERVICE).rows(
      sql`UPDATE deadline_step SET state = 'waiting', at = (SELECT mash.now()) + interval '2 seconds',
         fire_at = (SELECT mash.now()) + interval '2 seconds', repetition = 1 WHERE repetition = 1 AND state = 'waiting'`,
    ),
  );
  const before = await onDatabase((database) =>
    database.as(SERVICE).rows(sql`SELECT id FROM alert WHERE told <> ${[]}`),
  );
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE FUNCTION wait_in_firing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.told <> '{}' THEN PERFORM pg_advisory_xact_lock_shared(80); END IF; RETURN NEW; END $$`);
  await client.query(`CREATE TRIGGER in_firing BEFORE INSERT ON alert FOR EACH ROW EXECUTE FUNCTION wait_in_firing()`);
  await client.query('SELECT pg_advisory_lock(80)');
  const waiting = async () =>
    (await client.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 80 AND NOT granted`)).rowCount;
  await until(async () => (await waiting())! > 0);
  await processes[0]!.kill();
  await client.query('SELECT pg_advisory_unlock(80)');
  await client.end();
  await until(
    async () =>
      (await onDatabase((database) => database.as(SERVICE).rows(sql`SELECT id FROM alert WHERE told <> ${[]}`)))
        .length ===
      before.length + 30,
  );
  const twice = await onDatabase((database) =>
    database
      .as(SERVICE)
      .rows(sql`SELECT deadline_id FROM alert WHERE told <> ${[]} GROUP BY deadline_id HAVING count(*) <> 5`),
  );
  expect(twice).toEqual([]);
}, 60_000);
