import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { Consultations, EndConsultation, type ConsultedChild, type NewConsultation } from '#referrals';
import { RestrictReferral } from '#restrictions';
import { ApproveDestruction, DeleteTechnicalRows, Holds, KeepRecord, PublishSchedule } from '#retention';
import { sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { tablesNaming } from '../support/tables-naming.ts';
import { retentionOf } from '../support/verbs/retention.ts';

let hub: Hub;
let one: StaffActor;
let other: StaffActor;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  one = await hub.another('service_manager');
  other = await hub.another('head_of_service');
});
afterAll(() => hub.drop());

const IVY = { firstName: 'Ivy', lastName: 'Quill', dateOfBirth: '2019-03-14' } satisfies ConsultedChild;
const advises = async (outcome: NewConsultation['outcome'] = 'advice_only', children = [IVY]) => {
  const id = randomUUID();
  const said = { agencyId: hub.agency.agencyId, caller: 'Ms Bell', role: 'Teacher', question: 'Should I refer?' };
  await hub.whole.get(Consultations).record({ id, ...said, advice: 'Not yet.', outcome, children }, hub.screener);
  return id;
};
const ends = (id: string, end: { reference: string } | { reason: string }) =>
  hub.whole.get(EndConsultation).execute({ id, end, formId: randomUUID(), by: hub.socialWorker });
const { proposes, page, approves, answers, destroys, holds } = retentionOf(
  () => hub,
  () => ({ one, other }),
);
const isThere = (id: string) => hub.whole.get(Consultations).isRecorded(id, hub.screener);
const publishes = (looksFirst: boolean, years = 7) =>
  hub.whole.get(PublishSchedule).execute({
    ...{ periods: [{ name: 'R1h', years, looksFirst }], reason: 'Ours.', seen: 1, formId: randomUUID(), by: one },
  });
const NOTHING = { proposed: 0, withdrawn: 0 };
const ONE = { proposed: 1, withdrawn: 0 };

describe('a proposal of advice', () => {
  it('is made in the month after seven years from when it was given, and not before', async () => {
    const consultationId = await advises();
    await hub.moveTo('2033-11-30T10:00');
    expect(await proposes()).toEqual(NOTHING);
    await hub.moveTo('2033-12-01T10:00');
    expect(await proposes()).toEqual(ONE);
    expect(await proposes()).toEqual(NOTHING);
    expect((await page()).proposals).toMatchObject([
      {
        ...{ consultationId, givenOn: '2026-11-23', reference: null, rule: 'R1h' },
        ...{ keptUntil: '2033-11-23', looksFirst: false },
      },
    ]);
  });

  it('is not made of advice of which a referral came: it goes with that', async () => {
    const id = await advises('referral_advised');
    await ends(id, { reference: await hub.submit(aRoutineAmber()) });
    await hub.moveTo('2060-01-01T10:00');
    expect(await proposes()).toEqual(NOTHING);
  });

  it('is not made while a referral that was advised is awaited', async () => {
    const id = await advises('referral_advised');
    await hub.moveTo('2060-01-01T10:00');
    expect(await proposes()).toEqual(NOTHING);
    await ends(id, { reason: 'The family moved to Leeds.' });
    expect(await proposes()).toEqual(ONE);
  });

  it('is taken back when a referral comes of the advice after all', async () => {
    const id = await advises();
    const reference = await hub.submit(aRoutineAmber());
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    await ends(id, { reference });
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 1 });
  });

  it.each([
    ['on every record', () => null],
    ['on a referral of a child whom it was asked about', (reference: string) => reference],
  ])('is taken back by a hold %s, and made anew when that ends', async (_, covers) => {
    await advises();
    const reference = await hub.submit({ ...aRoutineAmber(), children: [IVY] });
    await hub.moveTo('2033-12-01T10:00');
    expect(await proposes()).toEqual(ONE);
    await holds(covers(reference));
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 1 });
    const [{ id } = { id: '' }] = (await page()).holds;
    await hub.whole.get(Holds).end({ id, reason: 'It is over.', formId: randomUUID(), by: one });
    expect(await proposes()).toEqual(ONE);
  });

  it('is taken back when a child whom it was asked about is restricted, and shows to no other person until then', async () => {
    await advises();
    const reference = await hub.submit({ ...aRoutineAmber(), children: [IVY] });
    await hub.moveTo('2033-12-01T10:00');
    expect(await proposes()).toEqual(ONE);
    expect((await page()).proposals).toHaveLength(1);
    await hub.whole.get(RestrictReferral).execute({
      ...{ reference, category: 'adoption', reason: 'She is being adopted.', children: [0], people: [] },
      ...{ formId: randomUUID(), by: hub.manager },
    });
    expect((await page()).proposals).toEqual([]);
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 1 });
    expect(await proposes()).toEqual(NOTHING);
  });

  it('that is kept longer comes again after that day', async () => {
    await advises();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const [{ id } = { id: '' }] = (await page()).proposals;
    const until = Temporal.PlainDate.from('2035-06-30');
    await hub.whole
      .get(KeepRecord)
      .execute({ ...{ proposal: id, until, why: 'A claim.', formId: randomUUID() }, by: one });
    await hub.moveTo('2035-06-30T10:00');
    expect(await proposes()).toEqual(NOTHING);
    await hub.moveTo('2035-07-01T10:00');
    expect(await proposes()).toEqual(ONE);
  });

  it('follows the schedule that a council publishes, which refuses a class that there is not', async () => {
    await advises();
    await publishes(false, 3);
    await hub.moveTo('2029-12-01T10:00');
    expect(await proposes()).toEqual(ONE);
    const publish = hub.whole.get(PublishSchedule).execute({
      ...{ periods: [{ name: 'R1x', years: 3, looksFirst: false }], reason: 'Ours.', seen: 2 },
      ...{ formId: randomUUID(), by: one },
    });
    await expect(publish).rejects.toMatchObject({ code: 'schedule-not-right' });
  });
});

describe('the destruction of advice', () => {
  it('takes two people, and leaves a certificate and the entries of the record and nothing else', async () => {
    const id = await advises('referral_advised');
    const kept = await advises();
    await hub.moveTo('2026-12-02T10:00');
    await hub.fireDue.execute();
    await ends(id, { reason: 'The family moved to Leeds.' });
    await publishes(false, 6);
    await hub.moveTo('2032-12-01T10:00');
    await hub.whole.get(DeleteTechnicalRows).execute();
    expect(Object.keys(await tablesNaming(hub.database, id))).toEqual(
      expect.arrayContaining(['consultation', 'consultation_child', 'consultation_end', 'deadline']),
    );
    expect(await proposes()).toEqual({ proposed: 2, withdrawn: 0 });
    const { proposals } = await page();
    const ids = proposals.filter(({ consultationId }) => consultationId === id).map(({ id }) => id);
    const destruction = await hub.whole
      .get(ApproveDestruction)
      .execute({ proposals: ids, formId: randomUUID(), by: one });
    await destroys(destruction);
    expect(await isThere(id)).toBe(true);
    await answers(destruction);
    expect(await destroys(destruction)).toMatchObject([
      {
        ...{ consultationId: id, referralId: null, givenOn: '2026-11-23', rule: 'R1h', state: 'destroyed' },
        rowsDestroyed: { consultation: 1, consultation_child: 1, consultation_end: 1, deadline: 1 },
      },
    ]);
    expect([await isThere(id), await isThere(kept)]).toEqual([false, true]);
    expect(Object.keys(await tablesNaming(hub.database, id)).toSorted()).toEqual([
      'audit_entry',
      'destruction_proposal',
    ]);
    expect(await hub.recordOf('retention.destroyed')).toMatchObject([{ rule: 'R1h', consultationId: id }]);
  });

  it('is stopped by a hold also after both have agreed', async () => {
    const id = await advises();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const destruction = await approves();
    await answers(destruction);
    await holds(null);
    expect(await destroys(destruction)).toMatchObject([{ state: 'withdrawn', why: 'held' }]);
    expect(await isThere(id)).toBe(true);
  });

  it('waits for the first person to open it where the schedule says so', async () => {
    const id = await advises();
    await publishes(true);
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    await expect(approves()).rejects.toMatchObject({ code: 'proposal-not-opened' });
    // The list shows it, and does not say which was read.
    await hub.whole.get(Consultations).read(one);
    await hub.whole.get(Consultations).readOne(id, other);
    await expect(approves()).rejects.toMatchObject({ code: 'proposal-not-opened' });
    await hub.whole.get(Consultations).readOne(id, one);
    expect((await page()).proposals).toMatchObject([{ isOpened: true }]);
    const destruction = await approves();
    await answers(destruction);
    await destroys(destruction);
    expect(await isThere(id)).toBe(false);
  });

  it('is refused to the roles of people and agencies, also with the setting of the worker', async () => {
    const id = await advises();
    for (const by of [one, { kind: 'agency', id: hub.agency.agencyId, clientId: randomUUID(), scopes: [] }] as const) {
      const tries = hub.database.as(by).transaction(async (tx) => {
        await tx.rows(sql`SELECT set_config('mash.destroying', 'on', true)`);
        await tx.rows(sql`SELECT mash.destroy_advice(${id})`);
      });
      await expect(tries).rejects.toThrow('permission denied');
    }
    expect(await isThere(id)).toBe(true);
  });
});
