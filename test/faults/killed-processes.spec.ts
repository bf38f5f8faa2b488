import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Policies } from '#deadlines';
import { SubmitReferral } from '#referrals';
import { SERVICE, createDataSource, Database, sql, raw } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { addAgency, addEverybodyOnDuty } from '../support/agencies-and-staff.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { TestProcess } from '../support/app-process.ts';
import { setToMondayMorning } from '../support/monday-morning.ts';
import { BACKENDS, createQueueStore, type TestQueueStore } from '../support/queue-stores.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { ownPort } from '../support/own-port.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

describe.each(BACKENDS)('with BullMQ on %s', (backend) => {
  let test: TestDatabase;
  let store: TestQueueStore;
  let mailbox: Mailbox;
  let token: string;
  let environment: Record<string, string>;
  let processes: TestProcess[];

  beforeEach(async () => {
    test = await createTestDatabase();
    await setToMondayMorning(test.database);
    store = await createQueueStore(backend, test.url);
    mailbox = await startMailbox(0);
    token = (await addAgency(test.database)).token;
    await addEverybodyOnDuty(test.database);
    processes = [];
    environment = {
      DATABASE_URL: test.url,
      ...(store.settings.redisUrl === undefined ? {} : { REDIS_URL: store.settings.redisUrl }),
      SMTP_URL: mailbox.smtpUrl,
      CONSOLE_URL: 'http://127.0.0.1:3001',
    };
  });

  afterEach(async () => {
    await Promise.all(processes.map((one) => one.kill()));
    await mailbox.close();
    await store.close();
    await test.drop();
  });

  const start = async (app: 'api' | 'worker') => {
    const started = await TestProcess.start(app, environment);
    processes.push(started);
    return started;
  };

  const post = (url: string, key: string = randomUUID()) =>
    fetch(`${url}/api/v1/referrals`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(aFracturedToddler()),
    });

  const count = async (rows: string) =>
    (await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw(rows)}`))!.n;
  const allJobsDone = () => until(async () => (await count('job WHERE completed_at IS NULL')) === 0);

  it('an api killed between commit and response has stored the referral, and a retry is answered with it', async () => {
    // The commit waits for this trigger, which waits for us; the api is killed while its commit is on the way.
    await test.database.as(SERVICE).rows(sql`CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_advisory_xact_lock_shared(77); RETURN NULL; END $$`);
    await test.database.as(SERVICE).rows(sql`CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON referral
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()`);
    const holder = new pg.Client({ connectionString: test.url });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(77)');

    const key = randomUUID();
    const api = await start('api');
    const answer = post(api.url, key).then(
      () => 'answered',
      () => 'no answer',
    );
    await until(
      async () =>
        (await count(
          `pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'WITH guard%' AND datname = current_database()`,
        )) === 1,
    );
    await api.kill();
    expect(await answer).toBe('no answer');
    await holder.query('SELECT pg_advisory_unlock(77)');
    await holder.end();
    await until(async () => (await count('referral')) === 1);

    const again = await start('api');
    const retried = await post(again.url, key);
    expect([retried.status, retried.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    const { reference } = (await retried.json()) as { reference: string };
    const stored = await test.database.as(SERVICE).rows(sql`SELECT reference FROM referral`);
    expect(stored).toEqual([{ reference }]);
  }, 60_000);

  it('a worker killed in mid-job leaves the job to another, and its effect happens once', async () => {
    // Acknowledging waits for this lock in the middle of its transaction.
    await test.database.as(SERVICE).rows(sql`CREATE FUNCTION wait_in_job() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.act = 'referral.acknowledged-to-referrer' THEN PERFORM pg_advisory_xact_lock_shared(78); END IF; RETURN NEW; END $$`);
    await test.database
      .as(SERVICE)
      .rows(sql`CREATE TRIGGER in_job BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION wait_in_job()`);
    const holder = new pg.Client({ connectionString: test.url });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(78)');

    const api = await start('api');
    const worker = await start('worker');
    expect((await post(api.url)).status).toBe(201);
    await until(async () => (await count(`pg_locks WHERE locktype = 'advisory' AND objid = 78 AND NOT granted`)) === 1);
    await worker.kill();
    await holder.end();
    await start('worker');
    await allJobsDone();
    expect(await count(`audit_entry WHERE act = 'referral.acknowledged-to-referrer'`)).toBe(1);
    expect(mailbox.mails.filter(({ subject }) => subject.startsWith('We have your referral'))).toHaveLength(1);
  }, 60_000);

  it('workers killed again and again while alerts fall due lose no alert and fire none twice', async () => {
    const api = await start('api');
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(api.url)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    for (const minutes of [31, 121, 211, 241]) {
      const worker = await start('worker');
      const before = await count('alert');
      await setToMondayMorning(test.database, minutes);
      await until(async () => (await count('alert')) > before);
      await worker.kill();
    }
    await start('worker');
    await until(async () => (await count(`deadline_step WHERE state = 'waiting' AND at <= mash.now()`)) === 0);
    await allJobsDone();
    // Four steps of twenty chains; a decision overdue by a minute has not come to its first repeat.
    expect(await count('alert')).toBe(80);
    expect(await count('alert WHERE fired_at < step_at')).toBe(0);
    await until(async () => (await count(`delivery WHERE state <> 'accepted'`)) === 0);
    // A worker killed between the mail server's yes and its commit sends again, under the same id.
    const ids = mailbox.mails.filter(({ messageId }) => messageId.includes('alert-')).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(100);
  }, 120_000);

  it('the queue store emptied in the middle costs no job', async () => {
    const api = await start('api');
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(api.url)));
      expect(answers.every(({ status }) => status === 201)).toBe(true);
      // In the store and not yet done: there is no worker.
      await until(async () => (await count('job WHERE handed_over_at IS NULL')) === 0);
      await store.flush();
    }
    expect(await count('job WHERE completed_at IS NULL')).toBe(100);
    await start('worker');
    await allJobsDone();
    expect(await count('referral')).toBe(50);
    expect(await count(`audit_entry WHERE act = 'referral.acknowledged-to-referrer'`)).toBe(50);
  }, 120_000);
});

it('a watchdog that stops in the middle of firing holds an alert back for seconds, not for a minute', async () => {
  const test = await createTestDatabase();
  await setToMondayMorning(test.database);
  await addEverybodyOnDuty(test.database);
  const { agencyId } = await addAgency(test.database);
  const environment = {
    DATABASE_URL: test.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    CONSOLE_URL: 'http://127.0.0.1:3001',
  };
  const submit = new SubmitReferral(test.database, new Policies(test.database), { nudge: () => undefined });
  await submit.execute({ agencyId, idempotencyKey: randomUUID(), referral: aFracturedToddler() });
  // Firing waits for this lock in the middle of its transaction.
  await test.database.as(SERVICE).rows(sql`CREATE FUNCTION wait_in_firing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.referral_id IS NOT NULL THEN PERFORM pg_advisory_xact_lock_shared(79); END IF; RETURN NEW; END $$`);
  await test.database
    .as(SERVICE)
    .rows(sql`CREATE TRIGGER in_firing BEFORE INSERT ON alert FOR EACH ROW EXECUTE FUNCTION wait_in_firing()`);
  const holder = new pg.Client({ connectionString: test.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock(79)');
  await setToMondayMorning(test.database, 31);
  const count = async (rows: string) =>
    (await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw(rows)}`))!.n;
  const watchdog = await TestProcess.start('watchdog', environment);
  const processes = [watchdog];
  try {
    await until(async () => (await count(`pg_locks WHERE locktype = 'advisory' AND objid = 79 AND NOT granted`)) === 1);
    watchdog.signal('SIGSTOP');
    await holder.end();
    processes.push(await TestProcess.start('worker', environment));
    // Within this test's own time: PostgreSQL would let an idle transaction be for longer than that.
    await until(async () => (await count('alert WHERE referral_id IS NOT NULL')) === 1);
  } finally {
    await Promise.all(processes.map((one) => one.kill()));
    await test.drop();
  }
}, 40_000);

it('Redis stopped for the length of a test refuses no referral, and every alert fires once', async () => {
  const test = await createTestDatabase();
  await setToMondayMorning(test.database);
  const store = await createQueueStore('redis', test.url);
  const mailbox = await startMailbox(0);
  const { token } = await addAgency(test.database);
  await addEverybodyOnDuty(test.database);
  const environment = {
    DATABASE_URL: test.url,
    REDIS_URL: store.settings.redisUrl!,
    SMTP_URL: mailbox.smtpUrl,
    CONSOLE_URL: 'http://127.0.0.1:3001',
  };
  const api = await TestProcess.start('api', environment);
  const processes = [api, await TestProcess.start('worker', environment)];
  const count = async (rows: string) =>
    (await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw(rows)}`))!.n;
  try {
    await store.stop();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${api.url}/api/v1/referrals`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': randomUUID(),
          },
          body: JSON.stringify(aFracturedToddler()),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(await count('referral')).toBe(20);
    await setToMondayMorning(test.database, 31);
    await until(async () => (await count('alert')) === 20);
    await until(async () => (await count('job WHERE completed_at IS NULL')) === 0);
    await until(async () => (await count(`delivery WHERE state = 'accepted'`)) === 20);
    expect(processes.map((one) => one.output).join('')).not.toContain('"level":"fatal"');
  } finally {
    await Promise.all(processes.map((one) => one.kill()));
    await mailbox.close();
    await store.close();
    await test.drop();
  }
}, 120_000);

it('PostgreSQL away: a referral is refused with 503 and nothing stored, and all goes on when it is back', async () => {
  const port = await ownPort();
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-away-'));
  const options = { dataDir, port, settings: ['fsync=off'] };
  let postgres = await startEmbeddedPostgres(options);
  const url = postgres.url('postgres');
  const source = await createDataSource({ url, pool: 2, app: 'test', migrations: MIGRATIONS }).initialize();
  await migrate(source);
  const { token } = await addAgency(new Database(source.manager));
  await addEverybodyOnDuty(new Database(source.manager));
  await source.destroy();
  const api = await TestProcess.start('api', { DATABASE_URL: url });
  const worker = await TestProcess.start('worker', {
    DATABASE_URL: url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    CONSOLE_URL: 'http://127.0.0.1:3001',
  });
  const isReady = async ({ url }: TestProcess) => (await fetch(`${url}/health/ready`)).status === 200;
  const post = () =>
    fetch(`${api.url}/api/v1/referrals`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
      },
      body: JSON.stringify(aFracturedToddler()),
    });
  try {
    expect((await post()).status).toBe(201);
    await postgres.stop();
    const refused = await post();
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(refused.headers.get('Content-Type')).toContain('application/problem+json');
    await until(async () => !(await isReady(api)) && !(await isReady(worker)));
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    postgres = await startEmbeddedPostgres(options);
    await until(async () => (await post()).status === 201);
    // The same processes: neither has ended.
    await until(async () => (await isReady(api)) && (await isReady(worker)));
  } finally {
    await Promise.all([api.kill(), worker.kill()]);
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 60_000);

it.each([
  ['api', { API_PORT: 'abc' }, /API_PORT must be a port number/],
  ['api', { DATABASE_URL: '' }, /DATABASE_URL is missing/],
  ['api', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /start PostgreSQL there or correct DATABASE_URL/],
  ['console', { SESSION_SECRET: 'short' }, /SESSION_SECRET must be at least 32 characters/],
] as const)(
  '%s with a bad setting (%j) says so in one line and ends',
  async (app, settings, said) => {
    const process = TestProcess.spawn(app, {
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      CONSOLE_URL: 'http://127.0.0.1:3001',
      OIDC_ISSUER: 'http://127.0.0.1:3003',
      OIDC_CLIENT_ID: 'x',
      OIDC_CLIENT_SECRET: 'x',
      ...settings,
    });
    expect(await process.exited).toBe(1);
    expect(process.output).toMatch(said);
    expect(process.output.trim().split('\n')).toHaveLength(1);
    expect(process.output).not.toContain('short');
  },
  30_000,
);
