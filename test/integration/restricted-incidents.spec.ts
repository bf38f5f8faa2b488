import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { ReadIncident, SaySameIncident } from '#children';
import { EndSameIncident, type RecordDecisionCommand } from '#decisions';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';
import { restricting } from '../support/restricting.ts';

/* What reports of one incident do for one another, where the person who acts may not open one of them. */

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const { restricts } = restricting(() => hub);
const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' };
const DISCUSSION: Partial<RecordDecisionCommand> = {
  outcome: 'strategy_discussion',
  thresholdLevel: 4,
  noDiscussionReason: 'x',
};
const NOTHING: Partial<RecordDecisionCommand> = { outcome: 'no_further_action', thresholdLevel: 1 };

const refers = async () => {
  await hub.moveBy({ minutes: 1 });
  const reference = await hub.submit({ ...aCoachMessagingChildren(), children: [ANN] });
  await hub.linkEarlier(reference);
  return reference;
};
const same = (one: string, other: string, by: StaffActor = hub.socialWorker) =>
  hub.whole.get(SaySameIncident).execute({ one, other, formId: randomUUID(), by });
const decides = (reference: string, decision: Partial<RecordDecisionCommand> = DISCUSSION) =>
  hub.decides(hub.socialWorker, reference, decision);
const isDiscussed = async (reference: string) =>
  (
    await hub.database
      .as(SERVICE)
      .rows(
        sql`SELECT 1 FROM deadline WHERE kind = 'strategy_discussion' AND state = 'open' AND subject LIKE ${`${reference} %`}`,
      )
  ).length === 1;
const incidentOf = async (reference: string) =>
  (
    await hub.database.as(SERVICE).transaction((tx) =>
      tx.row<{ id: string }>(sql`
      SELECT i.incident_id AS id FROM referral_incident i JOIN referral r ON r.id = i.referral_id WHERE r.reference = ${reference}`),
    )
  )?.id;

it.each([
  ['earlier', (one: string, other: string) => [one, other]],
  ['later', (one: string, other: string) => [other, one]],
] as const)(
  'a report stays one of the incident of a hidden report that came %s, when another is said to be the same',
  async (_, order) => {
    const [hidden, mine] = order(await refers(), await refers()) as [string, string];
    const third = await refers();
    await same(hidden, mine);
    await restricts(hidden);
    await same(mine, third);
    const incidents = await Promise.all([hidden, mine, third].map(incidentOf));
    expect(new Set(incidents).size).toBe(1);
    expect(incidents[0]).toBeDefined();
  },
);

it('reports that are parted leave a hidden one with the report that it is the same as', async () => {
  const [mine, middle, hidden] = [await refers(), await refers(), await refers()];
  await same(mine, middle);
  await same(middle, hidden);
  for (const one of [mine, middle, hidden]) await decides(one);
  await restricts(hidden);
  const [said] = (await hub.whole.get(ReadIncident).execute(mine, hub.socialWorker)) as readonly { id: string }[];
  await hub.whole
    .get(EndSameIncident)
    .execute({ said: said!.id, reason: 'Two nights.', formId: randomUUID(), by: hub.socialWorker });
  expect(await incidentOf(middle)).toBe(await incidentOf(hidden));
  expect(await isDiscussed(mine)).toBe(true);
  expect((await isDiscussed(middle)) || (await isDiscussed(hidden))).toBe(true);
});

it('a hidden report that followed a decision has a discussion of its own when that decision is taken back, or is another', async () => {
  for (const then of ['taken back', 'another'] as const) {
    await hub.reset();
    const [lead, hidden] = [await refers(), await refers()];
    await same(lead, hidden);
    await decides(lead);
    await decides(hidden);
    expect([await isDiscussed(lead), await isDiscussed(hidden)]).toEqual([true, false]);
    await restricts(hidden);
    await hub.takesBack(hub.socialWorker, lead);
    if (then === 'another') {
      await decides(lead, NOTHING);
      await hub.signsOff(hub.otherManager, lead);
    }
    expect([then, await isDiscussed(hidden)]).toEqual([then, true]);
  }
});

it('a report follows the discussion of a hidden report of the incident, and begins no second one', async () => {
  const [mine, hidden] = [await refers(), await refers()];
  await same(mine, hidden);
  await decides(hidden);
  await restricts(hidden);
  await decides(mine);
  expect([await isDiscussed(mine), await isDiscussed(hidden)]).toEqual([false, true]);
});

it('decisions that were made together are taken back together, also where one report is hidden since', async () => {
  const [mine, hidden] = [await refers(), await refers()];
  await same(mine, hidden);
  const other = { reference: hidden, version: await hub.versionOf(hidden), confirmsRating: await hub.ratingOf(hidden) };
  await decides(mine, { ...DISCUSSION, together: [other] });
  await restricts(hidden);
  await hub.takesBack(hub.socialWorker, mine);
  const states = await hub.database
    .as(SERVICE)
    .rows<{ status: string }>(sql`SELECT status FROM referral WHERE reference IN (${mine}, ${hidden})`);
  expect(states.map(({ status }) => status)).toEqual(['awaiting_decision', 'awaiting_decision']);
});
