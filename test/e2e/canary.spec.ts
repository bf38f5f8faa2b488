import { createLogger, describeError, type WorkerSettings, type ApiSettings } from '#platform';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { INestApplication } from '@nestjs/common';
import { createWorker } from '../../apps/worker/src/create-worker.ts';
import { createApi } from '../../apps/api/src/create-api.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { canary, CANARY } from '../support/canary.ts';
import { BACKENDS, createQueueStore, type TestQueueStore } from '../support/queue-stores.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFracturedToddler } from '../support/referrals.ts';
import { until } from '../support/until.ts';
import { jobsOf } from '../support/verbs/jobs.ts';

describe.each(BACKENDS)('with BullMQ on %s', (backend) => {
  let hub: Hub;
  let store: TestQueueStore;
  let mailbox: Mailbox;
  let api: INestApplication;
  let logged = '';
  const sink = new Writable({ write: (chunk: Buffer, _, done) => ((logged += chunk.toString()), done()) });
  const log = pino({ level: 'trace', serializers: { error: describeError } }, sink);
  let settings: WorkerSettings & ApiSettings;

  beforeAll(async () => {
    hub = await createHub();
    await hub.letClockRun();
    store = await createQueueStore(backend, hub.url);
    mailbox = await startMailbox(0);
    settings = {
      DATABASE_URL: hub.url,
      DATABASE_POOL: 24,
      WORKER_PORT: 0,
      API_PORT: 0,
      API_URL: 'https://mash.example.org',
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: 'mash@hub.example.org',
      CONSOLE_URL: 'http://127.0.0.1:3001',
    } as unknown as WorkerSettings & ApiSettings;
    api = await createApi(settings, log, store.settings);
    await api.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await api.close();
    await mailbox.close();
    await store.close();
    await hub.drop();
  });

  const post = async (body: string) =>
    fetch(`${await api.getUrl()}/api/v1/referrals`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${hub.agency.token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
      },
      body,
    });

  it(`D10: writes no word of what was submitted into a log, a queue, a job, an alert or an e-mail (${backend})`, async () => {
    const body = canary(aFracturedToddler());
    expect((await post(JSON.stringify(body))).status).toBe(201);
    // Refusals of every kind, and a statement that PostgreSQL itself refuses, with the canary in its values.
    expect((await post(JSON.stringify({ ...body, thresholdLevel: CANARY }))).status).toBe(422);
    expect((await post(`{"${CANARY}`)).status).toBe(400);
    await hub.refusesChildrenCalled('broken');
    const broken = canary(aFracturedToddler({ child: { lastName: 'broken' } }));
    expect((await post(JSON.stringify(broken))).status).toBe(500);

    // Handed over and still in the queue: no worker runs yet.
    let queued = '';
    await until(async () => (queued = await store.dump()).includes('match-earlier-referrals'));
    const worker = await createWorker(settings, log, store.settings);
    await hub.moveBy({ hours: 5 });
    await hub.letClockRun();
    const jobs = jobsOf(hub.database);
    await until(async () => (await hub.alertCount()) > 0);
    await jobs.untilAllJobsAreDone();
    await until(async () => mailbox.mails.length >= 2);
    const afterwards = await store.dump();
    await worker.close();

    expect(logged.length).toBeGreaterThan(0);
    const beside = await hub.textBesideReferrals();
    const mails = mailbox.mails.map(({ raw, subject, text }) => `${raw}${subject}${text}`);
    for (const place of [logged, queued, afterwards, beside, mails.join('\n')]) {
      expect(place.length).toBeGreaterThan(0);
      expect(place.toLowerCase()).not.toContain(CANARY.toLowerCase());
    }
  });
});

it('describes an error of PostgreSQL in the log without its values', () => {
  expect(createLogger('test', 'silent').level).toBe('silent');
  const error = Object.assign(new Error(`Key (name)=(${CANARY}) already exists`), { severity: 'ERROR', code: '23505' });
  expect(JSON.stringify(describeError(error))).not.toContain(CANARY);
});
