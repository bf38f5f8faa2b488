import { randomUUID } from 'node:crypto';
import type { BACKENDS } from '../support/queue-stores.ts';
import { until } from '../support/until.ts';
import { postReferral, Service, untilAnswered } from './service.ts';

/** What must hold when processes are killed, on one of the two backends of the queues: each has a file of its own. */
export function describeKilledProcesses(backend: (typeof BACKENDS)[number]): void {
  describe(`killed processes with BullMQ on ${backend}`, () => {
    let service: Service;
    beforeEach(async () => {
      service = await Service.begin(backend);
    });
    afterEach(() => service.end());

    it('D3: keeps a referral when the api is killed between commit and answer, and answers the retry with it', async () => {
      const { hub } = service;
      const hold = await service.holds.holdCommitOfReferral();
      const key = randomUUID();
      const api = await service.start('api');
      const answer = untilAnswered(() => postReferral(api, hub.agency.token, key)).then(
        () => 'answered',
        () => 'no answer',
      );
      await hold.untilReached();
      await api.kill();
      expect(await answer).toBe('no answer');
      await hold.letGo();
      await until(async () => (await hub.receivedCount()) === 1);

      const retried = await postReferral(await service.start('api'), hub.agency.token, key);
      expect([retried.status, retried.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
      const { reference } = (await retried.json()) as { reference: string };
      expect(await hub.referencesBy('newest')).toEqual([reference]);
    });

    it('leaves the job of a worker that is killed in its middle to another worker, and does it once', async () => {
      const { hub, jobs } = service;
      const hold = await service.holds.holdAcknowledgement();
      const api = await service.start('api');
      const worker = await service.start('worker');
      expect(await service.post(api, 1)).toEqual([201]);
      await hold.untilReached();
      await worker.kill();
      await hold.letGo();
      await service.start('worker');
      await jobs.untilAllJobsAreDone();
      await until(async () => (await hub.entryCount('referral.acknowledged-to-referrer')) === 1);
      expect(await hub.deliveryCount('acknowledgement')).toBe(1);
      expect(service.acknowledgements()).toHaveLength(1);
    });

    it('loses no alert and fires none twice when workers are killed again and again while alerts fall due', async () => {
      const { hub, jobs } = service;
      const api = await service.start('api');
      expect(await service.post(api, 20)).toEqual(Array(20).fill(201));
      for (const time of ['10:31', '12:01', '13:31', '14:01']) {
        const worker = await service.start('worker');
        const before = await hub.alertCount();
        await hub.clockRunsFrom(`2026-11-23T${time}`);
        await until(async () => (await hub.alertCount()) > before);
        await worker.kill();
      }
      await service.start('worker');
      await hub.untilNothingIsDue();
      await jobs.untilAllJobsAreDone();
      // Four steps of twenty chains; a decision overdue by a minute has not come to its first repeat.
      expect(await hub.alertCount()).toBe(80);
      expect((await hub.lateness()).filter((ms) => ms < 0)).toEqual([]);
      await hub.untilEveryDeliveryIsAccepted();
      // A worker killed between the mail server's yes and its commit sends again, under the same id.
      expect(service.alertIds().size).toBe(100);
    });

    it('D2: loses no job when the queue store is emptied while jobs wait in it', async () => {
      const { hub, jobs } = service;
      const api = await service.start('api');
      for (let round = 0; round < 3; round++) {
        expect(await service.post(api, 10)).toEqual(Array(10).fill(201));
        // In the store and not yet done: no worker runs.
        await jobs.untilAllJobsAreHandedOver();
        await service.store.flush();
      }
      expect(await jobs.openJobs()).toBe(60);
      await service.start('worker');
      await jobs.untilAllJobsAreDone();
      expect(await hub.receivedCount()).toBe(30);
      await until(async () => (await hub.entryCount('referral.acknowledged-to-referrer')) >= 30);
      expect(await hub.deliveryCount('acknowledgement')).toBe(30);
      expect(await hub.entryCount('referral.acknowledged-to-referrer')).toBe(30);
    });
  });
}
