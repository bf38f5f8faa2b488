import { randomUUID } from 'node:crypto';
import { Policies } from '#deadlines';
import { Staff, type StaffActor } from '#access';
import { ForgetLeavers, Holds, PublishSchedule } from '#retention';
import { SERVICE, sql } from '#store';
import { LeaveHub, ReadPeople } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { tablesNaming } from '../support/tables-naming.ts';

let hub: Hub;
let administrator: StaffActor;
let worker: StaffActor;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  administrator = await hub.another('administrator');
  worker = await hub.another('social_worker');
  await hub.hasPhone(worker);
});
afterAll(() => hub.drop());

const leaves = ({ id }: { readonly id: string }) =>
  new LeaveHub(hub.database, new Policies(hub.database)).execute({
    ...{ personId: id, formId: randomUUID(), by: administrator },
  });
const forgets = () => hub.whole.get(ForgetLeavers).execute();
const person = async ({ id }: { readonly id: string }) =>
  (await hub.database
    .as(SERVICE)
    .row<{ name: string; email: string; phone: string | null }>(
      sql`SELECT name, email, phone FROM staff_member WHERE id = ${id}`,
    ))!;
const holds = (reference: string | null) =>
  hub.whole.get(Holds).set({ reference, reason: 'The inquiry asks for it.', formId: randomUUID(), by: hub.manager });
const NONE = { contacts: 0, names: 0 };

describe('the addresses of a person who left', () => {
  it('go 30 days after they left, with an entry on the record of ids alone, once', async () => {
    const before = await person(worker);
    await leaves(worker);
    await hub.moveTo('2026-12-23T23:59');
    expect(await forgets()).toEqual(NONE);
    expect(await person(worker)).toEqual(before);
    await hub.moveTo('2026-12-24T00:01');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
    expect(await person(worker)).toEqual({ name: before.name, email: '', phone: null });
    expect(await hub.recordOf('staff.contact-forgotten')).toEqual([{ staffId: worker.id }]);
    expect(await forgets()).toEqual(NONE);
  });

  it('go of a person of an agency too', async () => {
    const { partner } = await hub.anAgency('Hillside School');
    await leaves(partner);
    await hub.moveTo('2027-01-23T10:00');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
    expect(await person(partner)).toMatchObject({ name: partner.name, email: '' });
  });

  it('stay of everyone who works here', async () => {
    const people = await hub.allStaff();
    await hub.moveTo('2060-01-01T10:00');
    expect(await forgets()).toEqual(NONE);
    expect(await hub.allStaff()).toEqual(people);
  });

  it('are those that are typed anew of a person who comes back, and stay', async () => {
    const { subject } = (await hub.database
      .as(SERVICE)
      .row<{ subject: string }>(sql`SELECT subject FROM staff_member WHERE id = ${worker.id}`))!;
    await leaves(worker);
    await hub.moveTo('2027-01-23T10:00');
    await forgets();
    const again = { subject, name: 'Wyn Hale', email: 'wyn.hale@hub.example.org', role: 'social_worker' } as const;
    expect(await new Staff(hub.database).add({ ...again, alertGroups: [] }, administrator)).toBe(worker.id);
    await hub.moveTo('2060-01-01T10:00');
    expect(await forgets()).toEqual(NONE);
    expect(await person(worker)).toEqual({ name: 'Wyn Hale', email: 'wyn.hale@hub.example.org', phone: null });
  });

  it('go after as many days as the council publishes', async () => {
    await hub.whole.get(PublishSchedule).execute({
      ...{ periods: [], leavers: { contactDays: 5, nameYears: 2 }, reason: 'Ours.', seen: 1, formId: randomUUID() },
      by: await hub.another('head_of_service'),
    });
    await leaves(worker);
    await hub.moveTo('2026-11-29T10:00');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
    await hub.moveTo('2028-11-24T10:00');
    expect(await forgets()).toEqual({ contacts: 0, names: 1 });
  });

  it('go counted from when a person left whom an older version of the service took out', async () => {
    await hub.leaves(worker);
    await hub.moveTo('2027-01-23T10:00');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
  });
});

describe('the name of a person who left', () => {
  it('is replaced by their role seven years after, wherever it stood, and their id stays', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(worker, reference);
    expect(JSON.stringify(await hub.read(reference))).toContain(worker.name);
    await leaves(worker);
    await hub.moveTo('2033-11-23T10:00');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
    await hub.moveTo('2033-11-24T10:00');
    expect(await forgets()).toEqual({ contacts: 0, names: 1 });
    expect(await forgets()).toEqual(NONE);
    const read = JSON.stringify(await hub.read(reference));
    expect([read.includes('A former social worker'), read.includes(worker.name)]).toEqual([true, false]);
    expect(await hub.recordOf('staff.name-forgotten')).toEqual([{ staffId: worker.id }]);
    const { people } = await hub.whole.get(ReadPeople).execute(administrator);
    expect(people.find(({ id }) => id === worker.id)).toMatchObject({ name: 'A former social worker', email: '' });
    const named = await tablesNaming(hub.database, worker.name);
    expect(named).toEqual({});
  });

  it.each([
    ['on every record', () => null],
    ['on a referral on whose record they acted', (reference: string) => reference],
  ])('stays while a hold is %s', async (_, covers) => {
    const reference = await hub.submit(aRoutineAmber());
    const other = await hub.submit(aRoutineAmber());
    await hub.decides(worker, reference);
    await leaves(worker);
    await holds(covers(reference));
    await hub.moveTo('2040-01-01T10:00');
    expect(await forgets()).toEqual({ contacts: 1, names: 0 });
    await hub.database
      .as(SERVICE)
      .run(
        sql`UPDATE retention_hold SET ended_by = ${administrator.id}, ended_at = mash.now(), end_reason = 'It is over.'`,
      );
    await holds(other);
    expect(await forgets()).toEqual({ contacts: 0, names: 1 });
  });
});
