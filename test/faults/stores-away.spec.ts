import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDataSource, Database } from '#store';
import { MIGRATIONS } from '../../migrations/index.ts';
import { migrate } from '../../migrations/migrate.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { addAgency, addAllOnDuty } from '../support/agencies-and-staff.ts';
import { TestProcess } from '../support/app-process.ts';
import { ownPort } from '../support/own-port.ts';
import { until } from '../support/until.ts';
import { postReferral, Service, silentEnvironment } from './service.ts';

it('D2: refuses no referral and fires every alert once while Redis is stopped', async () => {
  const service = await Service.begin('redis');
  const { hub, jobs } = service;
  try {
    const api = await service.start('api');
    await service.start('worker');
    await service.store.stop();
    expect(await service.post(api, 20)).toEqual(Array(20).fill(201));
    expect(await hub.receivedCount()).toBe(20);
    await hub.clockRunsFrom('2026-11-23T10:31');
    await until(async () => (await hub.alertCount()) === 20);
    await jobs.untilAllJobsAreDone();
    await hub.untilEveryDeliveryIsAccepted();
    expect([await hub.alertCount(), await hub.deliveryCount('alert')]).toEqual([20, 20]);
    expect(service.output).not.toContain('"level":"fatal"');
  } finally {
    await service.end();
  }
});

it('D1: refuses a referral with 503 and stores nothing while PostgreSQL is away, and goes on when it is back', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-away-'));
  const options = { dataDir, port: await ownPort(), settings: ['fsync=off'] };
  let postgres = await startEmbeddedPostgres(options);
  const url = postgres.url('postgres');
  const source = await createDataSource({ url, pool: 2, app: 'test', migrations: MIGRATIONS }).initialize();
  await migrate(source);
  const { token } = await addAgency(new Database(source.manager));
  await addAllOnDuty(new Database(source.manager));
  await source.destroy();
  const api = await TestProcess.start('api', { DATABASE_URL: url });
  const worker = await TestProcess.start('worker', silentEnvironment(url));
  const isReady = async ({ url: at }: TestProcess) => (await fetch(`${at}/health/ready`)).status === 200;
  try {
    expect((await postReferral(api, token)).status).toBe(201);
    await postgres.stop();
    const refused = await postReferral(api, token);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(refused.headers.get('Content-Type')).toContain('application/problem+json');
    await until(async () => !(await isReady(api)) && !(await isReady(worker)));
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    postgres = await startEmbeddedPostgres(options);
    await until(async () => (await postReferral(api, token)).status === 201);
    // The same processes: neither has ended.
    await until(async () => (await isReady(api)) && (await isReady(worker)));
  } finally {
    await Promise.all([api.kill(), worker.kill()]);
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
