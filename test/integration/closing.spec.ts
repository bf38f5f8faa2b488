import { randomUUID } from 'node:crypto';
import { CloseDays, PlanClose } from '#oversight';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aPoorAttender } from '../support/referrals.ts';
import { jobsOf } from '../support/verbs/jobs.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const plan = () => hub.whole.get(PlanClose).execute();
const close = () => hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));

/** The days that jobs were planned to close, and which of them are done. */
const planned = () =>
  hub.database.as(SERVICE).rows<{ upTo: string; isDone: boolean }>(sql`
    SELECT payload->>'upTo' AS "upTo", completed_at IS NOT NULL AS "isDone" FROM job WHERE name = 'close-days' ORDER BY id`);
const closedDays = async () =>
  (
    await hub.database
      .as(SERVICE)
      .rows<{ day: string; received: number; open: number }>(
        sql`SELECT day, received, open_at_end AS open FROM day_close ORDER BY day`,
      )
  ).map(({ day, received, open }) => [day, received, open]);
const doneWithoutClosing = () =>
  hub.database.as(SERVICE).rows(sql`UPDATE job SET completed_at = mash.now() WHERE name = 'close-days'`);

describe('the closing of days', () => {
  it('is planned once a night, from half past midnight, however often it is asked for', async () => {
    await hub.submit(aPoorAttender());
    for (const [time, count] of [
      ['2026-11-23T23:59', 0],
      ['2026-11-24T00:29', 0],
      ['2026-11-24T00:30', 1],
      ['2026-11-24T00:31', 1],
      ['2026-11-24T17:00', 1],
    ] as const) {
      await hub.moveTo(time);
      await Promise.all([plan(), plan(), plan()]);
      expect([time, (await planned()).length]).toEqual([time, count]);
    }
    expect(await planned()).toEqual([{ upTo: '2026-11-23', isDone: false }]);
  });

  it('is not planned again once the day is closed, and is the next night', async () => {
    await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-24T01:00');
    await plan();
    await close();
    await doneWithoutClosing();
    await plan();
    expect(await planned()).toHaveLength(1);
    await hub.moveTo('2026-11-25T01:00');
    await plan();
    expect((await planned()).map(({ upTo }) => upTo)).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('is planned again when a job ended without closing the day', async () => {
    await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-24T01:00');
    await plan();
    await doneWithoutClosing();
    await plan();
    expect(await planned()).toEqual([
      { upTo: '2026-11-23', isDone: true },
      { upTo: '2026-11-23', isDone: false },
    ]);
  });

  it('is not planned where nothing was received yet', async () => {
    await hub.moveTo('2026-11-24T01:00');
    await plan();
    expect(await jobsOf(hub.database).jobCount()).toBe(0);
    expect(await close()).toEqual([]);
  });

  it('closes every day that was missed, each once, also when two jobs run at the same time', async () => {
    await hub.submit(aPoorAttender());
    const second = await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-25T10:00');
    await hub.decides(hub.socialWorker, second);
    await hub.moveTo('2026-11-26T01:00');
    const done = await Promise.all([close(), close()]);
    expect(done.map((days) => days.length).sort()).toEqual([0, 3]);
    expect(await closedDays()).toEqual([
      ['2026-11-23', 2, 2],
      ['2026-11-24', 0, 2],
      ['2026-11-25', 0, 1],
    ]);
    expect(await close()).toEqual([]);
  });

  it('leaves a closed day as it was, whatever happens to its referrals later', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-24T01:00');
    await close();
    const [before] = await closedDays();
    await hub.moveTo('2026-11-24T10:00');
    await hub.decides(hub.socialWorker, reference);
    await hub.moveTo('2026-11-25T01:00');
    await close();
    expect(await closedDays()).toEqual([before, ['2026-11-24', 0, 0]]);
  });

  it('counts a referral that was typed after the day on which it came in its month and as open, and reckons twice alike', async () => {
    await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-24T01:00');
    await close();
    await hub.moveTo('2026-11-24T10:00');
    await hub.takeDown.execute({
      ...{ formId: randomUUID(), agencyId: hub.agency.agencyId, caller: 'agency', referral: aPoorAttender() },
      ...{ receivedBy: 'telephone', cameAt: hub.at('2026-11-23T15:00'), by: hub.screener },
    });
    await hub.moveTo('2026-11-25T01:00');
    await close();
    expect(await closedDays()).toEqual([
      ['2026-11-23', 1, 1],
      ['2026-11-24', 0, 2],
    ]);
    const [volume] = await hub.database.as(SERVICE).rows<{ received: number }>(sql`
      SELECT count(*)::int AS received FROM referral_fact WHERE (received_at AT TIME ZONE 'Europe/London')::date = '2026-11-23'`);
    const reckoned = await hub.database
      .as(SERVICE)
      .rows(sql`SELECT differences FROM recomputation ORDER BY at DESC LIMIT 1`);
    expect([volume, reckoned]).toEqual([{ received: 2 }, [{ differences: [] }]]);
  });
});
