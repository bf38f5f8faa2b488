import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { Holds, KeepRecord, PublishSchedule, ReadRetention } from '#retention';
import { SERVICE, sql } from '#store';
import { MakeChallenge } from '#oversight';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { tablesNaming } from '../support/tables-naming.ts';
import { retentionOf } from '../support/verbs/retention.ts';

let hub: Hub;
let one: StaffActor;
let other: StaffActor;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  one = await hub.another('service_manager');
  other = await hub.another('head_of_service');
});
afterAll(() => hub.drop());

const child = (dateOfBirth: string, more: object = {}) => ({
  ...{ firstName: 'Ivy', lastName: `Quill${randomUUID().slice(0, 4)}`, dateOfBirth },
  ...more,
});
const decided = async (dateOfBirth = '2019-03-14', outcome = 'no_further_action', more: object = {}) => {
  const reference = await hub.submit({ ...aRoutineAmber(), children: [child(dateOfBirth, more)] });
  const signOff = await hub.decides(hub.socialWorker, reference, { outcome, thresholdLevel: 1 } as never);
  if (signOff.length > 0) await hub.signsOff(hub.manager, reference);
  await hub.database.as(SERVICE).transaction(async (tx) => {
    // What follows a decision was done long ago.
    await tx.run(sql`UPDATE feedback SET state = 'told', settled_at = ${tx.now} WHERE state = 'owed'`);
    await tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`);
    await tx.run(sql`UPDATE deadline_step SET state = 'not_needed' WHERE state = 'waiting'`);
  });
  return reference;
};
const { proposes, page, approves, answers, destroys, holds } = retentionOf(
  () => hub,
  () => ({ one, other }),
);
const isThere = async (reference: string) =>
  (await hub.database
    .as(SERVICE)
    .transaction((tx) => tx.row(sql`SELECT 1 FROM referral WHERE reference = ${reference}`))) !== null;
/** Through approval and agreement to the worker. */
const goesThrough = async (...references: readonly string[]) => {
  for (const reference of references) await hub.read(reference, one);
  const id = await approves(one, references);
  await answers(id);
  await destroys(id);
  return hub.whole.get(ReadRetention).certificate(id, one);
};

describe('a proposal', () => {
  it('is made in the month after the period is over, and not before', async () => {
    const reference = await decided();
    await hub.moveTo('2033-11-30T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    await hub.moveTo('2033-12-01T10:00');
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    expect((await page()).proposals).toMatchObject([
      { reference, rule: 'R1f', keptUntil: '2033-11-23', looksFirst: true },
    ]);
  });

  it('is not made of a referral that is not decided, on which a clock runs, or that is restricted', async () => {
    await hub.submit(aRoutineAmber());
    await hub.moveTo('2126-12-01T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
  });

  it('is taken back when the child is referred again, and made anew by the later contact', async () => {
    const first = await decided();
    const later = await decided();
    await hub.moveTo('2033-12-01T10:00');
    await hub.database
      .as(SERVICE)
      .transaction((tx) =>
        tx.run(sql`UPDATE referral SET last_changed_at = ${hub.at('2030-05-01T10:00')} WHERE reference = ${later}`),
      );
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
    await link(later, first);
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 1 });
    await hub.moveTo('2037-05-02T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    await hub.moveTo('2037-06-01T10:00');
    expect(await proposes()).toEqual({ proposed: 2, withdrawn: 0 });
  });

  it('is not made while a later referral of the same number awaits its decision, though no link was made at receipt', async () => {
    const NUMBER = { nhsNumber: '9990000018' };
    await decided('2019-03-14', 'no_further_action', NUMBER);
    const open = await hub.submit({ ...aRoutineAmber(), children: [child('2019-03-14', NUMBER)] });
    await hub.database
      .as(SERVICE)
      .transaction((tx) => tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`));
    await hub.moveTo('2060-01-01T10:00');
    expect([await proposes(), await isThere(open)]).toEqual([{ proposed: 0, withdrawn: 0 }, true]);
  });

  it('waits for the 25th birthday after a third contact of the same number, however far apart', async () => {
    const NUMBER = { nhsNumber: '9990000018' };
    for (let contact = 0; contact < 3; contact += 1) await decided('2019-03-14', 'no_further_action', NUMBER);
    await hub.moveTo('2044-03-14T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    await hub.moveTo('2044-04-01T10:00');
    expect(await proposes()).toEqual({ proposed: 3, withdrawn: 0 });
  });

  it('counts from the last act on the record, also one that changes nothing of the referral', async () => {
    const reference = await decided();
    await hub.moveTo('2030-11-04T10:00');
    const version = await hub.versionOf(reference);
    await hub.whole.get(MakeChallenge).execute({
      ...{
        reference,
        version,
        aspect: 'quality',
        question: 'Why was the health visitor not asked?',
        formId: randomUUID(),
        by: one,
      },
    });
    await hub.database
      .as(SERVICE)
      .transaction((tx) => tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`));
    await hub.moveTo('2037-11-30T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    await hub.moveTo('2037-12-01T10:00');
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
  });

  it('is kept to no day that is past', async () => {
    await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const [{ id } = { id: '' }] = (await page()).proposals;
    const until = Temporal.PlainDate.from('2033-12-01');
    const keeps = hub.whole
      .get(KeepRecord)
      .execute({ proposal: id, until, why: 'A claim.', formId: randomUUID(), by: one });
    await expect(keeps).rejects.toMatchObject({ code: 'day-is-past' });
  });

  it('that is kept longer comes again after that day', async () => {
    await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const [{ id } = { id: '' }] = (await page()).proposals;
    const until = Temporal.PlainDate.from('2035-06-30');
    await hub.whole
      .get(KeepRecord)
      .execute({ ...{ proposal: id, until, why: 'A claim.', formId: randomUUID() }, by: one });
    await hub.moveTo('2035-06-30T10:00');
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    await hub.moveTo('2035-07-01T10:00');
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
  });

  it('follows the schedule that a council publishes', async () => {
    await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const publish = (years: number, seen: number) =>
      hub.whole.get(PublishSchedule).execute({
        ...{
          periods: [{ name: 'R1f', years, looksFirst: false }],
          reason: 'Ours.',
          seen,
          formId: randomUUID(),
          by: one,
        },
      });
    await publish(10, 1);
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 1 });
    await expect(publish(6, 1)).rejects.toMatchObject({ code: 'schedule-moved-on' });
    await expect(publish(0, 2)).rejects.toMatchObject({ code: 'schedule-not-right' });
    await publish(6, 2);
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
  });
});

describe('the destruction of a record', () => {
  it('takes two people, of whom the first has opened it, and leaves a certificate and the entries of the record', async () => {
    const reference = await decided();
    const kept = await decided('2026-01-01', 'early_help');
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    await expect(approves()).rejects.toMatchObject({ code: 'proposal-not-opened' });
    await hub.read(reference, one);
    const id = await approves();
    await expect(answers(id, one)).rejects.toMatchObject({ code: 'approver-cannot-agree' });
    await destroys(id);
    expect(await isThere(reference)).toBe(true);
    await answers(id);
    await destroys(id);
    await destroys(id);
    expect([await isThere(reference), await isThere(kept)]).toEqual([false, true]);
    const { lines, approvedBy, answeredBy, doneAt } = await hub.whole.get(ReadRetention).certificate(id, one);
    expect([approvedBy, answeredBy, doneAt !== null]).toEqual([one.name, other.name, true]);
    expect(lines).toMatchObject([
      { reference, rule: 'R1f', state: 'destroyed', rowsDestroyed: { referral: 1, decision: 1 } },
    ]);
    expect(await hub.recordOf('retention.destroyed')).toMatchObject([{ rule: 'R1f' }]);
  });

  it('waits when the schedule says since the approval that a person looks first', async () => {
    const reference = await decided('2019-03-14', 'transfer_to_other_authority');
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const id = await approves();
    await answers(id);
    await hub.whole.get(PublishSchedule).execute({
      ...{
        periods: [{ name: 'R1e', years: 7, looksFirst: true }],
        reason: 'Ours.',
        seen: 1,
        formId: randomUUID(),
        by: one,
      },
    });
    await destroys(id);
    expect(await isThere(reference)).toBe(true);
    expect((await hub.whole.get(ReadRetention).certificate(id, one)).lines).toMatchObject([{ why: 'other_rule' }]);
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
  });

  it('removes what was once said of why the record was kept', async () => {
    const reference = await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    const [{ id } = { id: '' }] = (await page()).proposals;
    const until = Temporal.PlainDate.from('2034-01-10');
    await hub.whole
      .get(KeepRecord)
      .execute({ ...{ proposal: id, until, why: 'The claim of Ivy.', formId: randomUUID() }, by: one });
    await hub.moveTo('2034-02-01T10:00');
    await proposes();
    await goesThrough(reference);
    const said = await hub.database
      .as(SERVICE)
      .transaction((tx) => tx.rows(sql`SELECT why FROM destruction_proposal WHERE why LIKE '%Ivy%'`));
    expect(said).toEqual([]);
  });

  it('is refused by the second person, and proposed as before', async () => {
    const reference = await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    await hub.read(reference, one);
    const id = await approves();
    await answers(id, other, 'refused');
    expect(await page()).toMatchObject({ proposed: 1, waiting: [], done: [] });
    await destroys(id);
    expect(await isThere(reference)).toBe(true);
  });

  it.each([
    ['of every record', () => null],
    ['of the referral', (reference: string) => reference],
  ])('is stopped by a hold %s, also after both have agreed', async (_, covers) => {
    const reference = await decided();
    await hub.moveTo('2033-12-01T10:00');
    await proposes();
    await hub.read(reference, one);
    const id = await approves();
    await answers(id);
    await holds(covers(reference));
    await destroys(id);
    expect(await isThere(reference)).toBe(true);
    expect((await hub.whole.get(ReadRetention).certificate(id, one)).lines).toMatchObject([
      { state: 'withdrawn', why: 'held' },
    ]);
    expect(await proposes()).toEqual({ proposed: 0, withdrawn: 0 });
    const [{ id: hold } = { id: '' }] = (await page()).holds;
    await hub.whole.get(Holds).end({ id: hold, reason: 'It is over.', formId: randomUUID(), by: one });
    expect(await proposes()).toEqual({ proposed: 1, withdrawn: 0 });
  });

  it('leaves nothing of it in any table but ids in the record, and every row of others', async () => {
    const reference = await decided();
    const id = await idOf(reference);
    const sibling = await decided();
    await hub.moveTo('2033-12-01T10:00');
    const before = await tablesNaming(hub.database, await idOf(sibling), sibling);
    await proposes();
    await goesThrough(reference);
    expect(Object.keys(await tablesNaming(hub.database, id, reference)).toSorted()).toEqual([
      'audit_entry',
      'destruction_proposal',
    ]);
    // It may have taken on words of names.
    const after = await tablesNaming(hub.database, await idOf(sibling), sibling);
    expect(Object.entries(before).filter(([table, rows]) => (after[table] ?? 0) < rows)).toEqual([]);
  });

  it('is refused to the roles of people and agencies, also with the setting of the worker', async () => {
    const reference = await decided();
    for (const by of [one, { kind: 'agency', id: hub.agency.agencyId, clientId: randomUUID(), scopes: [] }] as const) {
      const tries = hub.database.as(by).transaction(async (tx) => {
        await tx.rows(sql`SELECT set_config('mash.destroying', 'on', true)`);
        await tx.rows(sql`SELECT mash.destroy_referral(${await idOf(reference)})`);
      });
      await expect(tries).rejects.toThrow('permission denied');
    }
    expect(await isThere(reference)).toBe(true);
  });
});

const idOf = async (reference: string) =>
  (await hub.database
    .as(SERVICE)
    .transaction((tx) => tx.row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`)))!.id;

const link = async (later: string, earlier: string) => {
  const [one, other] = [await idOf(later), await idOf(earlier)];
  await hub.database
    .as(SERVICE)
    .transaction((tx) =>
      tx.run(
        sql`INSERT INTO earlier_referral (referral_id, earlier_id, matched_on) VALUES (${one}, ${other}, 'nhs_number')`,
      ),
    );
};
