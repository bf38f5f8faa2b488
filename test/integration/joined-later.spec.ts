import { randomUUID } from 'node:crypto';
import { EndJudgement, JudgeChildren, ReadKnownChildren, SaySameIncident } from '#children';
import { CloseDays } from '#oversight';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
afterAll(() => hub.drop());

const decided = async (when: string, lastName: string) => {
  await hub.moveTo(when);
  const children = [{ firstName: 'Mia', lastName, dateOfBirth: '2019-03-14' }];
  const reference = await hub.submit({ ...aRoutineAmber(), children });
  await hub.linkEarlier(reference);
  await hub.decides(hub.socialWorker, reference);
  return { reference, position: 0 };
};
const closesAt = async (when: string) => {
  await hub.moveTo(when);
  await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
};
/** The repeat contacts of November as they are shown, and how many figures the second reckoning found to differ. */
const shown = async () => {
  const [figure] = await hub.database.as(SERVICE).rows<{ repeats: number }>(sql`
    SELECT (lines->'all'->0)::int AS repeats FROM month_figure
    WHERE measure = 'repeat-contacts' AND broken_by = 'all' AND NOT is_frozen AND month = '2026-11-01'`);
  const [last] = await hub.database
    .as(SERVICE)
    .rows<{ differences: readonly object[] }>(sql`SELECT differences FROM recomputation ORDER BY at DESC LIMIT 1`);
  return [figure!.repeats, last!.differences.length];
};

it('children who are joined or parted long after their decisions count so in the figures of their month', async () => {
  const by = hub.socialWorker;
  const [first, second, third] = [
    await decided('2026-11-23T10:00', 'Pyke'),
    await decided('2026-11-24T10:00', 'Pyke-Jones'),
    await decided('2026-11-25T10:00', 'Pykes'),
  ];
  await closesAt('2027-04-21T02:00');
  expect(await shown()).toEqual([0, 0]);
  await hub.moveTo('2027-04-21T10:00');
  for (const [one, other] of [
    [second, first],
    [third, second],
  ] as const)
    await hub.whole.get(JudgeChildren).execute({ one, other, isSame: true, formId: randomUUID(), by });
  await closesAt('2027-04-22T02:00');
  expect(await shown()).toEqual([1, 0]);
  await closesAt('2027-06-22T02:00');
  await hub.moveTo('2027-06-22T10:00');
  const [joined] = (await hub.whole.get(ReadKnownChildren).ofChild(first, by)).judgements;
  await hub.whole.get(EndJudgement).execute({ judgement: joined!.id, reason: 'Two.', formId: randomUUID(), by });
  await closesAt('2027-06-23T02:00');
  expect(await shown()).toEqual([0, 0]);
});

it('reports of one incident count as one contact in the figures of their month, also when they are put together later', async () => {
  await hub.reset();
  const by = hub.socialWorker;
  const [first, second] = [
    await decided('2026-11-23T10:00', 'Pyke'),
    await decided('2026-11-24T10:00', 'Pyke'),
    await decided('2026-11-25T10:00', 'Pyke'),
  ];
  await closesAt('2027-04-21T02:00');
  expect(await shown()).toEqual([1, 0]);
  await hub.moveTo('2027-04-21T10:00');
  await hub.whole
    .get(SaySameIncident)
    .execute({ one: first.reference, other: second.reference, formId: randomUUID(), by });
  await closesAt('2027-04-22T02:00');
  expect(await shown()).toEqual([0, 0]);
});
