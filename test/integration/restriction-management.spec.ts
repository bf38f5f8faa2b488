import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { ReadRestrictions, ReviewGlass } from '#restrictions';
import { SERVICE, sql } from '#store';
import { ChangeRole, LeaveHub } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { MIA, restricting } from '../support/restricting.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const { restriction, restricts, breaksGlass, glass, changes, keeps, ends } = restricting(() => hub);
const refer = () => hub.submit({ ...aRoutineAmber(), children: [MIA] });
const NOT_NAMED = { code: 'not-named' };
const clocks = (state: 'open' | 'met' | 'superseded' = 'open') =>
  hub.database
    .as(SERVICE)
    .rows<{ dueAt: Temporal.Instant }>(
      sql`SELECT due_at AS "dueAt" FROM deadline WHERE kind = 'restriction_review' AND state = ${state}`,
    );
const toldOf = async (kind: string) => {
  await hub.fireDue.execute();
  const rows = await hub.database.as(SERVICE).rows<{ id: string }>(sql`
    SELECT DISTINCT v.recipient_id AS id FROM alert a JOIN deadline d ON d.id = a.deadline_id
    JOIN delivery v ON v.alert_id = a.id WHERE d.kind = ${kind} AND v.recipient_id IS NOT NULL`);
  return rows.map(({ id }) => id);
};
const daysFrom = (instant: Temporal.Instant, from: Temporal.Instant) =>
  Math.round(instant.since(from).total({ unit: 'hours' }) / 24);

describe('a manager who opened a restricted record in an emergency', () => {
  it('Z11: gives no person time, bars none, and neither keeps nor ends the restriction', async () => {
    const reference = await refer();
    await restricts(reference);
    await breaksGlass(reference, hub.otherManager);
    for (const act of [
      () => changes(reference, hub.otherManager, 'involved', hub.otherManager),
      () => changes(reference, hub.manager, 'barred', hub.otherManager),
      () => keeps(reference, hub.otherManager),
      () => ends(reference, hub.otherManager),
    ]) {
      await expect(act()).rejects.toMatchObject(NOT_NAMED);
    }
    expect((await restriction(reference, hub.otherManager)).isManaged).toBe(false);
    expect((await restriction(reference)).letIn.map(({ name, isByGlass }) => [name, isByGlass])).toEqual([
      [hub.otherManager.name, true],
      [hub.manager.name, false],
    ]);
  });

  it('names others where every manager whom it named has left', async () => {
    const reference = await refer();
    await restricts(reference);
    const administrator = await hub.another('administrator');
    await new LeaveHub(hub.database, new Policies(hub.database)).execute({
      ...{ personId: hub.manager.id, formId: randomUUID(), by: administrator },
    });
    await breaksGlass(reference, hub.otherManager);
    await changes(reference, hub.socialWorker, 'involved', hub.otherManager);
    await hub.read(reference, hub.socialWorker);
  });
});

describe('the clock of a restriction', () => {
  it('tells managers after 90 days, and again from when one of them kept it', async () => {
    const reference = await refer();
    const begun = await hub.database.now();
    await restricts(reference);
    const [clock] = await clocks();
    expect(daysFrom(clock!.dueAt, begun)).toBeGreaterThanOrEqual(90);
    expect(daysFrom(clock!.dueAt, begun)).toBeLessThanOrEqual(94);
    expect(await toldOf('restriction_review')).toEqual([]);
    await hub.moveBy(clock!.dueAt.since(await hub.database.now()).add({ minutes: 1 }));
    expect((await toldOf('restriction_review')).length).toBeGreaterThan(0);
    await keeps(reference);
    const [next] = await clocks();
    expect(daysFrom(next!.dueAt, clock!.dueAt)).toBeGreaterThanOrEqual(89);
  });

  it('runs out before the time of the last manager whom it names is over', async () => {
    const reference = await refer();
    await restricts(reference);
    await hub.moveBy({ hours: 24 * 89 });
    await keeps(reference);
    await hub.moveBy({ hours: 24 * 89 });
    // 178 days have passed of the manager's 183: the next look is due in 5 and not in 90.
    await keeps(reference);
    const [clock] = await clocks();
    expect(daysFrom(clock!.dueAt, await hub.database.now())).toBeLessThanOrEqual(9);
    await changes(reference, hub.manager, 'involved');
    const [anew] = await clocks();
    expect(daysFrom(anew!.dueAt, await hub.database.now())).toBeGreaterThanOrEqual(89);
  });

  it.each(['leaves', 'becomes a social worker'])('is out when the only manager whom it names %s', async (how) => {
    const reference = await refer();
    await restricts(reference);
    const [administrator, policies] = [await hub.another('administrator'), new Policies(hub.database)];
    const sent = { personId: hub.manager.id, formId: randomUUID(), by: administrator };
    if (how === 'leaves') await new LeaveHub(hub.database, policies).execute(sent);
    else await new ChangeRole(hub.database, policies).execute({ ...sent, role: 'social_worker', groups: [] });
    const [clock] = await clocks();
    expect(daysFrom(clock!.dueAt, await hub.database.now())).toBeLessThanOrEqual(4);
    await hub.moveBy(clock!.dueAt.since(await hub.database.now()).add({ minutes: 1 }));
    expect(await toldOf('restriction_review')).not.toContain(hub.manager.id);
    expect((await hub.whole.get(ReadRestrictions).execute(hub.otherManager)).restrictions).toMatchObject([
      { people: how === 'leaves' ? 0 : 1 },
    ]);
  });

  it('ends with the restriction', async () => {
    const reference = await refer();
    await restricts(reference);
    await ends(reference);
    expect([await clocks(), (await clocks('met')).length]).toEqual([[], 1]);
  });
});

describe('a broken glass', () => {
  const reviews = (id: string, by: StaffActor) =>
    hub.whole
      .get(ReviewGlass)
      .execute({ glassId: id, finding: 'was_needed', words: 'It was.', formId: randomUUID(), by });

  it('Z11: is told to others than the manager who broke it, though they are on duty', async () => {
    const reference = await refer();
    await restricts(reference);
    const onDuty = hub.onDuty.practice_manager;
    await breaksGlass(reference, { kind: 'staff', id: onDuty.id, name: onDuty.name, role: 'manager' });
    const told = await toldOf('glass_broken');
    expect(told.length).toBeGreaterThan(0);
    expect(told).not.toContain(onDuty.id);
  });

  it('Z10: is looked at by no manager who must not open the record', async () => {
    const reference = await refer();
    await restricts(reference);
    await breaksGlass(reference, hub.screener);
    const { id } = (await glass())[0]!;
    await changes(reference, hub.otherManager, 'barred');
    await expect(reviews(id, hub.otherManager)).rejects.toMatchObject({ code: 'not-found' });
    await reviews(id, hub.manager);
  });

  it('counts the pages of every referral that it opened', async () => {
    const [reference, other] = [await refer(), await refer()];
    await restricts(reference, { children: [0] });
    await breaksGlass(reference, hub.screener);
    await hub.read(reference, hub.screener);
    await hub.read(other, hub.screener);
    expect(await glass()).toMatchObject([{ opened: 2 }]);
  });

  it('is broken once by two presses at one moment', async () => {
    const reference = await refer();
    await restricts(reference);
    await Promise.all([breaksGlass(reference, hub.screener), breaksGlass(reference, hub.screener)]);
    expect(await glass()).toHaveLength(1);
  });
});
