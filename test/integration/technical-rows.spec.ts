import { randomUUID } from 'node:crypto';
import { ReadAlertTimeline } from '#alerts';
import { SubmitReferral, WhoLooks, WriteNote } from '#referrals';
import { DeleteTechnicalRows } from '#retention';
import { SERVICE, sql, type Sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const deletes = () => hub.whole.get(DeleteTechnicalRows).execute();
const count = async (of: Sql) =>
  (await hub.database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*)::int AS n FROM ${of}`))!.n;
const does = (statement: Sql) => hub.database.as(SERVICE).run(statement);

it('a form that was sent is known for 30 days', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const said = { kind: 'note', withWhom: '', note: 'The school rang back.' } as const;
  const note = { reference, ...said, formId: randomUUID(), by: hub.screener };
  const writes = () => hub.whole.get(WriteNote).execute(note);
  await writes();
  await hub.moveTo('2026-12-23T09:59');
  expect(await deletes()).toBe(0);
  await writes();
  expect([await count(sql`sent_form`), await count(sql`referral_note`)]).toEqual([1, 1]);
  await hub.moveTo('2026-12-23T10:01');
  expect(await deletes()).toBe(1);
  expect(await count(sql`sent_form`)).toBe(0);
});

it('a job goes 90 days after it was done, and one that is not done stays', async () => {
  await hub.submit(aRoutineAmber());
  const jobs = await count(sql`job`);
  expect(jobs).toBeGreaterThan(1);
  await does(sql`UPDATE job SET completed_at = mash.now() WHERE id <> (SELECT min(id::text)::uuid FROM job)`);
  await hub.moveTo('2027-02-21T09:59');
  expect(await deletes()).toBe(0);
  await hub.moveTo('2027-02-21T10:01');
  expect(await deletes()).toBe(jobs - 1);
  expect([await count(sql`job`), await count(sql`job WHERE completed_at IS NULL`)]).toEqual([1, 1]);
});

it('what told a referrer goes after two years, and what is on its way stays', async () => {
  for (let referral = 0; referral < 3; referral += 1) await hub.submit(aRoutineAmber());
  await does(sql`
    INSERT INTO delivery (id, purpose, referral_id, channel, state, urgency, next_attempt_at, sent_at)
    SELECT gen_random_uuid(), 'acknowledgement', id, 'email', (ARRAY['delivered', 'failed', 'queued'])[row_number() OVER ()], 4,
      mash.now(), mash.now() FROM referral`);
  await hub.moveTo('2028-11-22T10:00');
  await deletes();
  expect(await hub.deliveryCount('acknowledgement')).toBe(3);
  await hub.moveTo('2028-11-23T10:00');
  await deletes();
  expect(await hub.deliveryCount('acknowledgement')).toBe(1);
});

it('what an alert was told by stays with it, for the page and the figures that say when it reached a person', async () => {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fireDue.execute();
  await does(
    sql`UPDATE delivery SET state = 'delivered', sent_at = mash.now(), accepted_at = mash.now(), delivered_at = mash.now()`,
  );
  const timeline = () => hub.whole.get(ReadAlertTimeline).execute({ reference, by: hub.manager });
  const before = await timeline();
  const deliveries = await hub.deliveryCount('alert');
  expect(deliveries).toBeGreaterThan(0);
  await hub.moveTo('2036-11-23T10:30');
  await deletes();
  expect(await hub.deliveryCount('alert')).toBe(deliveries);
  expect(await timeline()).toMatchObject({ ...before, now: expect.anything() });
});

it('who had a page open is forgotten a day after they were last seen', async () => {
  const reference = await hub.submit(aRoutineAmber());
  await hub.whole.get(WhoLooks).say(reference, hub.screener);
  await hub.moveTo('2026-11-24T09:59');
  await deletes();
  expect(await count(sql`looking`)).toBe(1);
  await hub.moveTo('2026-11-24T10:01');
  await deletes();
  expect(await count(sql`looking`)).toBe(0);
});

it('the key of an agency answers as at first after years', async () => {
  const sending = { agencyId: hub.agency.agencyId, idempotencyKey: randomUUID(), referral: aRoutineAmber() };
  const submits = async () => (await hub.whole.get(SubmitReferral).execute(sending)).answer.reference;
  const reference = await submits();
  await hub.moveTo('2036-11-23T10:00');
  await deletes();
  expect(await submits()).toBe(reference);
  expect(await count(sql`referral`)).toBe(1);
});

it('more rows than are deleted at a time go in one round', async () => {
  await does(sql`
    INSERT INTO sent_form (id, sent_by, kind, fingerprint, sent_at)
    SELECT gen_random_uuid(), ${hub.screener.id}, 'note', '', mash.now() FROM generate_series(1, 2500)`);
  await hub.moveTo('2027-01-23T10:00');
  expect(await deletes()).toBe(2_500);
});
