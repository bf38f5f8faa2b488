import { until } from '../support/until.ts';
import { postReferral, Service } from './service.ts';

let service: Service;
beforeEach(async () => {
  service = await Service.begin('postgres');
});
afterEach(() => service.end());

it('R9: an api that is told to stop answers what it has begun, and takes nothing more', async () => {
  const { hub } = service;
  const hold = await service.holds.holdCommitOfReferral();
  const api = await service.start('api');
  const answers = Array.from({ length: 20 }, () =>
    postReferral(api, hub.agency.token).then(
      ({ status }) => status,
      () => null,
    ),
  );
  await hold.untilReached();
  const ended = api.kill('SIGTERM');
  await until(async () => (await fetch(`${api.url}/health/live`).catch(() => null)) === null);
  await hold.letGo();
  const statuses = await Promise.all(answers);
  const accepted = statuses.filter((status) => status === 201).length;
  // The agency sends again a request that has no answer, because it had not come in, or that a busy machine answered
  // with 503, because it waited too long for a connection to the database. Neither is stored.
  expect(statuses.filter((status) => status !== 201 && status !== 503 && status !== null)).toEqual([]);
  expect(accepted).toBeGreaterThan(0);
  await ended;
  expect(await hub.receivedCount()).toBe(accepted);
});

it('R9: a worker that is told to stop ends the job that it does, and leaves the others to another', async () => {
  const { hub, jobs } = service;
  const hold = await service.holds.holdAcknowledgement();
  const api = await service.start('api');
  expect(await service.post(api, 10)).toEqual(Array(10).fill(201));
  const worker = await service.start('worker');
  await hold.untilReached();
  const ended = worker.kill('SIGTERM');
  await hold.letGo();
  await ended;
  expect(await hub.deliveryCount('acknowledgement')).toBeGreaterThan(0);
  await service.start('worker');
  await jobs.untilAllJobsAreDone();
  await until(async () => (await hub.entryCount('referral.acknowledged-to-referrer')) >= 10);
  expect([await hub.receivedCount(), await hub.deliveryCount('acknowledgement')]).toEqual([10, 10]);
});
