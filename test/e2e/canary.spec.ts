import { createLogger, describeError, type WorkerSettings } from '#platform';
import { SERVICE, sql, raw } from '#store';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createWorker } from '../../apps/worker/src/create-worker.ts';
import { createApi } from '../../apps/api/src/create-api.ts';
import { startMailbox } from '../../scripts/demonstration/mailbox.ts';
import { addAgency, addEverybodyOnDuty } from '../support/agencies-and-staff.ts';
import { canary, CANARY } from '../support/canary.ts';
import { BACKENDS, createQueueStore } from '../support/queue-stores.ts';
import { setToMondayMorning } from '../support/monday-morning.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { until } from '../support/until.ts';

it.each(BACKENDS)(
  'with BullMQ on %s, what was submitted about a child is in no log, queue, job, alert or e-mail',
  async (backend) => {
    const test = await createTestDatabase();
    const store = await createQueueStore(backend, test.url);
    await setToMondayMorning(test.database);
    const mailbox = await startMailbox(0);
    const { token } = await addAgency(test.database);
    await addEverybodyOnDuty(test.database);
    let logged = '';
    const sink = new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) });
    const log = pino({ level: 'trace', serializers: { error: describeError } }, sink);
    const settings = {
      DATABASE_URL: test.url,
      DATABASE_POOL: 24,
      WORKER_PORT: 0,
      API_PORT: 0,
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: 'mash@hub.example.org',
      CONSOLE_URL: 'http://127.0.0.1:3001',
    } as unknown as WorkerSettings & { API_PORT: number };
    const api = await createApi(settings, log, store.settings);
    await api.listen(0, '127.0.0.1');
    const post = async (body: string, headers: Record<string, string> = {}) =>
      fetch(`${await api.getUrl()}/api/v1/referrals`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
          ...headers,
        },
        body,
      });
    const count = async (from: string) =>
      (await test.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM ${raw(from)}`))!.n;
    try {
      const body = canary(aFracturedToddler());
      expect((await post(JSON.stringify(body))).status).toBe(201);
      // Refusals of every kind, and a statement that PostgreSQL itself refuses, with the canary in its values.
      expect((await post(JSON.stringify({ ...body, thresholdLevel: CANARY }))).status).toBe(422);
      expect((await post(`{"${CANARY}`)).status).toBe(400);
      await test.database
        .as(SERVICE)
        .rows(sql`ALTER TABLE referral_child ADD CONSTRAINT broken CHECK (name_key !~ 'broken')`);
      const broken = structuredClone(body) as unknown as { children: { firstName: string; lastName: string }[] };
      broken.children[0]!.lastName = `${CANARY}broken`;
      expect((await post(JSON.stringify(broken))).status).toBe(500);

      // Handed over and still in the queue: nobody works it yet.
      let queued = '';
      await until(async () => (queued = await store.dump()).includes('match-earlier-referrals'));
      const worker = await createWorker(settings, log, store.settings);
      await setToMondayMorning(test.database, 300);
      await until(async () => (await count('alert')) > 0);
      await until(async () => (await count('job WHERE completed_at IS NULL')) === 0);
      const afterwards = await store.dump();
      await worker.close();

      expect(mailbox.mails.length).toBeGreaterThanOrEqual(2);
      expect(logged.length).toBeGreaterThan(0);
      const ledger = await test.database.as(SERVICE).rows(sql`SELECT job::text FROM job`);
      const audit = await test.database.as(SERVICE).rows(sql`SELECT audit_entry::text FROM audit_entry`);
      const alerts = await test.database.as(SERVICE).rows(sql`SELECT alert::text FROM alert`);
      const mails = mailbox.mails.map(({ raw, subject, text }) => `${raw}${subject}${text}`);
      for (const place of [logged, queued, afterwards, JSON.stringify([ledger, audit, alerts]), mails.join('\n')]) {
        expect(place.toLowerCase()).not.toContain(CANARY.toLowerCase());
      }
    } finally {
      await api.close();
      await mailbox.close();
      await store.close();
      await test.drop();
    }
  },
  60_000,
);

it('the log of an app is made for named fields, with errors described and not quoted', () => {
  expect(createLogger('test', 'silent').level).toBe('silent');
  const error = Object.assign(new Error(`Key (name)=(${CANARY}) already exists`), { severity: 'ERROR', code: '23505' });
  expect(JSON.stringify(describeError(error))).not.toContain(CANARY);
});
