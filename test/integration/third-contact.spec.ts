import { randomUUID } from 'node:crypto';
import { SaySameIncident, TellOfThirdContact } from '#children';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
let minute = 0;
beforeEach(async () => {
  minute = 0;
  await hub.reset();
});
afterAll(() => hub.drop());

const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' };
const HELP = { outcome: 'early_help', thresholdLevel: 2 } as const;
/** As the worker does when a referral has come in. */
const matched = async (reference: string) => {
  await hub.linkEarlier(reference);
  await hub.database.as(SERVICE).transaction(async (tx) => {
    const { id } = (await tx.row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`))!;
    await hub.whole.get(TellOfThirdContact).execute(tx, [id]);
  });
};
const refer = async (child: object = ANN) => {
  minute += 1;
  await hub.moveTo(`2026-11-23T10:${String(minute).padStart(2, '0')}`);
  const reference = await hub.submit(aCoachMessagingChildren({ children: [child] }));
  await matched(reference);
  return reference;
};
/** The deadlines about third contacts: of which referral, and how they stand. */
const told = async () =>
  (
    await hub.database.as(SERVICE).rows<{ reference: string; state: string }>(sql`
      SELECT split_part(subject, ' ', 1) AS reference, state FROM deadline WHERE kind = 'third_contact' ORDER BY armed_at, id`)
  ).map(({ reference, state }) => [reference, state]);
const say = (one: string, other: string) =>
  hub.whole.get(SaySameIncident).execute({ one, other, formId: randomUUID(), by: hub.socialWorker });

it('tells the practice manager at once of the third contact of a child, once, and not of the second', async () => {
  await refer();
  await refer();
  expect(await told()).toEqual([]);
  const third = await refer();
  await matched(third);
  expect(await told()).toEqual([[third, 'open']]);
  const before = await hub.alertCount();
  await hub.fireDue.execute();
  expect(await hub.alertCount()).toBe(before + 1);
  const [alert] = await hub.database.as(SERVICE).rows<{ told: string[] }>(sql`
    SELECT told FROM alert JOIN deadline d ON d.id = deadline_id WHERE d.kind = 'third_contact'`);
  expect(alert!.told).toEqual(['practice_manager']);
});

it('tells of no further contact while a manager has still to look at an earlier one, and of the next after that', async () => {
  await refer();
  await refer();
  const third = await refer();
  await refer();
  expect(await told()).toEqual([[third, 'open']]);
  await hub.read(third, hub.manager);
  const fifth = await refer();
  expect(await told()).toEqual([
    [third, 'met'],
    [fifth, 'open'],
  ]);
});

it('ends when a manager opens the referral, and not when a social worker does', async () => {
  await refer();
  await refer();
  const third = await refer();
  await hub.read(third, hub.socialWorker);
  expect(await told()).toEqual([[third, 'open']]);
  await hub.read(third, hub.manager);
  await matched(third);
  expect(await told()).toEqual([[third, 'met']]);
});

it('ends when the decision takes effect, and tells no manager of a decided one', async () => {
  await refer();
  await refer();
  const third = await refer();
  await hub.decides(hub.socialWorker, third, HELP);
  expect(await told()).toEqual([[third, 'open']]);
  await hub.signsOff(hub.otherManager, third);
  await matched(third);
  expect(await told()).toEqual([[third, 'met']]);
});

it('takes reports of one incident for one contact, also when a person says so after the alert', async () => {
  const [first, second] = [await refer(), await refer()];
  const third = await refer();
  expect(await told()).toEqual([[third, 'open']]);
  await say(first, second);
  expect(await told()).toEqual([[third, 'superseded']]);
  await matched(third);
  expect(await told()).toEqual([[third, 'superseded']]);
});

it('tells of the first report of a third incident, and of no other report of it', async () => {
  await refer();
  await refer();
  const third = await refer();
  await hub.read(third, hub.manager);
  const again = await refer();
  expect(await told()).toEqual([
    [third, 'met'],
    [again, 'open'],
  ]);
  await say(third, again);
  expect(await told()).toEqual([
    [third, 'met'],
    [again, 'superseded'],
  ]);
});

it('counts twelve months back, and other children not at all', async () => {
  await refer();
  await refer();
  await refer({ ...ANN, firstName: 'Bo' });
  await hub.moveTo('2027-11-29T10:00');
  const later = await hub.submit(aCoachMessagingChildren({ children: [ANN] }));
  await matched(later);
  expect(await told()).toEqual([]);
});

it('is as urgent as its referral, also when that is rated otherwise later, and is told once', async () => {
  await refer();
  await refer();
  const third = await refer();
  await hub.fireDue.execute();
  await hub.rates(hub.manager, third, 'red');
  const open = await hub.database.as(SERVICE).rows<{ rating: string }>(sql`
    SELECT rating FROM deadline WHERE kind = 'third_contact' AND state = 'open'`);
  expect(open).toEqual([{ rating: 'red' }]);
  const count = await hub.alertCount();
  await hub.fireDue.execute();
  expect(await hub.alertCount()).toBe(count);
});

it('tells of a later contact when the earlier is decided before a manager has looked at it', async () => {
  await refer();
  await refer();
  const third = await refer();
  const fourth = await refer();
  expect(await told()).toEqual([[third, 'open']]);
  await hub.decides(hub.socialWorker, third, HELP);
  await hub.signsOff(hub.otherManager, third);
  expect(await told()).toEqual([
    [third, 'met'],
    [fourth, 'open'],
  ]);
});
