import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { JudgeChildren, ReadFamily, ReadKnownChildren } from '#children';
import { FindByTelephone } from '#referrals';
import { ReviewGlass } from '#restrictions';
import { SERVICE, sql } from '#store';
import { NameReferrals, ReadChosen } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { MIA, restricting, TOM } from '../support/restricting.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const { restricts, breaksGlass, glass, changes, ends } = restricting(() => hub);
const refer = (...children: object[]) => hub.submit({ ...aRoutineAmber(), children });
const reads = (reference: string, by: StaffActor) => hub.read(reference, by);
const NOT_FOUND = { code: 'not-found' };

describe('a restricted referral', () => {
  it('Z9: is not opened by its reference by a person who was not named, and is by one who was', async () => {
    const reference = await refer(MIA);
    await restricts(reference, { people: [hub.socialWorker] });
    await expect(reads(reference, hub.screener)).rejects.toMatchObject(NOT_FOUND);
    await expect(reads(reference, hub.otherManager)).rejects.toMatchObject(NOT_FOUND);
    expect((await reads(reference, hub.socialWorker)).children[0]).toMatchObject({ firstName: 'Mia' });
    expect((await reads(reference, hub.manager)).restricted).toMatchObject({ categories: ['staff_connection'] });
  });

  it('Z9: stands in the queue with its rating and clocks, and without the child, the concern and the agency', async () => {
    const reference = await refer(MIA);
    await restricts(reference, { people: [hub.socialWorker] });
    const lineOf = async (by: StaffActor) =>
      (await hub.queue('waiting', by)).lines.find((one) => one.reference === reference);
    expect(await lineOf(hub.screener)).toMatchObject({
      ...{ restriction: 'hidden', child: null, dateOfBirth: null, types: [], agency: '', rating: 'amber' },
    });
    expect(await lineOf(hub.socialWorker)).toMatchObject({ restriction: 'open', child: 'Mia Marsden-Pyke' });
  });

  it('Z9: is found by no search of a person who was not named, and counts in none', async () => {
    const [reference, other] = [await refer(MIA), await refer({ ...TOM, nhsNumber: '9990000026' })];
    await restricts(reference);
    for (const sought of [
      { name: 'Mia Marsden' },
      { name: 'Mya Marsdenpyke' },
      { nhsNumber: MIA.nhsNumber },
      { dateOfBirth: MIA.dateOfBirth },
      { reference },
    ]) {
      const { found } = await hub.search(sought, hub.screener);
      expect([sought, found.map((one) => one.reference).includes(reference)]).toEqual([sought, false]);
      const mine = await hub.search(sought, hub.manager);
      expect([sought, mine.found.map((one) => one.reference).includes(reference)]).toEqual([sought, true]);
    }
    expect((await hub.search({ name: 'Marsden' }, hub.screener)).found.map((one) => one.reference)).toEqual([other]);
  });

  it('Z9: is not found by the telephone of its referrer or an adult', async () => {
    const adult = { name: 'Ann Pyke', relationship: 'mother', phone: '+441614960001' };
    const reference = await hub.submit({ ...aRoutineAmber(), children: [MIA], adults: [adult] });
    await restricts(reference);
    const find = (by: StaffActor) => hub.whole.get(FindByTelephone).execute('+441614960001', by);
    expect((await find(hub.screener)).found).toEqual([]);
    expect((await find(hub.manager)).found.map((one) => one.reference)).toEqual([reference]);
  });

  it('Z9: is no earlier referral, no known child, no candidate and no family of another referral', async () => {
    const [reference, later] = [
      await refer(MIA, TOM),
      await refer({ ...MIA, nhsNumber: '9990000026', lastName: 'Pyke' }, TOM),
    ];
    await hub.linkEarlier(later);
    // The name alone: no number joins the two, so that the later one is not covered.
    await restricts(reference);
    const ofLater = async (by: StaffActor) => {
      const page = await hub.read(later, by);
      const known = await hub.whole.get(ReadKnownChildren).ofReferral(later, by);
      const family = await hub.whole.get(ReadFamily).ofReferral(later, by);
      return JSON.stringify([page.earlier, page.later, page.reports, known, family]);
    };
    expect(await ofLater(hub.manager)).toContain(reference);
    expect(await ofLater(hub.socialWorker)).not.toContain(reference);
  });

  it('Z9: has no name in any list that names referrals', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    const named = await hub.whole.get(NameReferrals).execute([reference], hub.screener);
    expect(named.get(reference)).toMatchObject({ child: null, dateOfBirth: null });
    expect(await hub.whole.get(ReadChosen).execute([reference], hub.otherManager)).toMatchObject([{ child: null }]);
  });

  it('Z9: is taken, assigned, rated, noted and decided by no person who was not named', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    expect(await hub.takesNext(hub.socialWorker)).toBeNull();
    for (const act of [
      () => hub.claims(hub.socialWorker, reference),
      () => hub.assigns(hub.otherManager, [reference], hub.socialWorker),
      () => hub.rates(hub.socialWorker, reference, 'red'),
      () => hub.decides(hub.otherManager, reference),
    ]) {
      await expect(act()).rejects.toMatchObject(NOT_FOUND);
    }
    expect(await hub.takesNext(hub.manager)).toBe(reference);
  });

  it('has the alerts of any other referral, at the same instants and to the same people', async () => {
    const [restricted, other] = [await refer(MIA), await refer(TOM)];
    await restricts(restricted);
    for (let hour = 0; hour < 30; hour++) {
      await hub.moveBy({ hours: 1 });
      await hub.fireDue.execute();
    }
    const alerts = await hub.alertsOf(restricted);
    expect(alerts.length).toBeGreaterThan(2);
    expect(alerts).toEqual(await hub.alertsOf(other));
  });

  it('R4: is taken from a holder who is not named, and their decision is refused', async () => {
    const reference = await refer(MIA);
    await hub.claims(hub.socialWorker, reference);
    await restricts(reference);
    expect(await hub.holderOf(reference)).toBeNull();
    await expect(hub.decides(hub.socialWorker, reference)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is one for all again when a manager ends the restriction', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await ends(reference);
    expect((await reads(reference, hub.screener)).restricted).toBeNull();
  });

  it('is refused to be restricted by a manager who may not open it', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await expect(restricts(reference, { by: hub.otherManager })).rejects.toMatchObject(NOT_FOUND);
    await expect(restricts(reference)).rejects.toMatchObject({ code: 'restricted-already' });
  });

  it('lets a person in and out as a manager says', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await changes(reference, hub.socialWorker, 'task');
    await reads(reference, hub.socialWorker);
    await changes(reference, hub.socialWorker, 'out');
    await expect(reads(reference, hub.socialWorker)).rejects.toMatchObject(NOT_FOUND);
    await changes(reference, hub.socialWorker, 'task');
    await hub.moveBy({ hours: 24 * 14 + 1 });
    await expect(reads(reference, hub.socialWorker)).rejects.toMatchObject(NOT_FOUND);
    await changes(reference, hub.socialWorker, 'barred');
    await expect(breaksGlass(reference, hub.socialWorker)).rejects.toMatchObject({ code: 'barred' });
  });
});

describe('a restriction about a child', () => {
  it('covers a referral that comes later with the same number, as it comes', async () => {
    const reference = await refer(MIA, TOM);
    await restricts(reference, { children: [0] });
    const later = await refer({ ...MIA, lastName: 'Pyke' });
    const ofTheBrother = await refer(TOM);
    await expect(reads(later, hub.screener)).rejects.toMatchObject(NOT_FOUND);
    await reads(ofTheBrother, hub.screener);
  });

  it('covers a referral whose child a person joins with it, and what came before', async () => {
    const earlier = await refer({ ...MIA, lastName: 'Pyke' });
    const other = await refer({ firstName: 'Mia', lastName: 'Pike', dateOfBirth: '2019-03-15', sex: 'F' });
    const reference = await refer(MIA);
    await restricts(reference, { children: [0] });
    await expect(reads(earlier, hub.screener)).rejects.toMatchObject(NOT_FOUND);
    await reads(other, hub.screener);
    const at = (of: string) => ({ reference: of, position: 0 });
    const same = { one: at(other), other: at(reference), isSame: true, formId: randomUUID(), by: hub.manager };
    await hub.whole.get(JudgeChildren).execute(same);
    await expect(reads(other, hub.screener)).rejects.toMatchObject(NOT_FOUND);
  });
});

describe('breaking the glass', () => {
  it('Z11: opens the record for an hour, tells a manager in the same transaction, and marks each view', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await breaksGlass(reference, hub.screener);
    const { restricted } = await reads(reference, hub.screener);
    expect(restricted!.glassId).toMatch(/^[0-9a-f-]{36}$/);
    const views = await hub.database.as(SERVICE).transaction((tx) =>
      tx.rows<{ glassId: string }>(sql`SELECT details->>'glassId' AS "glassId" FROM audit_entry
        WHERE act = 'referral.read' AND actor_id = ${hub.screener.id} AND details ? 'glassId'`),
    );
    expect(views).toEqual([{ glassId: restricted!.glassId }]);
    await hub.fireDue.execute();
    const told = await hub.database.as(SERVICE).rows<{ told: readonly string[] }>(sql`
      SELECT told FROM alert JOIN deadline d ON d.id = deadline_id WHERE d.kind = 'glass_broken'`);
    expect(told).toEqual([{ told: ['practice_manager'] }]);
    expect(await glass()).toMatchObject([{ reference, by: 'Sam Screener', opened: 1, finding: null }]);
  });

  it('Z12: is over after its hour', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await breaksGlass(reference, hub.screener);
    await hub.moveBy({ minutes: 59 });
    await reads(reference, hub.screener);
    await hub.moveBy({ minutes: 2 });
    await expect(reads(reference, hub.screener)).rejects.toMatchObject(NOT_FOUND);
  });

  it('Z10: is refused to a person of whom a manager said that they are or know one of the people', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await changes(reference, hub.screener, 'barred');
    await expect(breaksGlass(reference, hub.screener)).rejects.toMatchObject({ code: 'barred' });
    await expect(reads(reference, hub.screener)).rejects.toMatchObject(NOT_FOUND);
    expect(await glass()).toEqual([]);
  });

  it('is looked at by another manager, once, and the clock ends', async () => {
    const reference = await refer(MIA);
    await restricts(reference);
    await breaksGlass(reference, hub.otherManager);
    const { id } = (await glass())[0]!;
    const reviews = (by: StaffActor) =>
      hub.whole
        .get(ReviewGlass)
        .execute({ glassId: id, finding: 'was_needed', words: 'It was.', formId: randomUUID(), by });
    await expect(reviews(hub.otherManager)).rejects.toMatchObject({ code: 'own-glass' });
    await reviews(hub.manager);
    await expect(reviews(hub.manager)).rejects.toMatchObject({ code: 'reviewed-already' });
    expect(await glass()).toMatchObject([{ finding: 'was_needed', dueAt: null, reviewedBy: 'Mel Manager' }]);
  });

  it('does nothing for a person who may open the record, and finds nothing under a reference of none', async () => {
    const reference = await refer(MIA);
    await breaksGlass(reference, hub.screener);
    expect(await glass()).toEqual([]);
    await expect(breaksGlass('MASH-0000-0000', hub.screener)).rejects.toMatchObject(NOT_FOUND);
  });
});
