import { randomUUID } from 'node:crypto';
import type { StaffActor, StaffRole } from '#access';
import { Policies } from '#deadlines';
import { SERVICE, sql } from '#store';
import { AdmitPerson, ChangeRole, LeaveHub, RoleMappings, type MappedRole } from '#work';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let administrator: StaffActor;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  administrator = await hub.another('administrator');
});
afterAll(() => hub.drop());

const sent = () => ({ formId: randomUUID(), by: administrator });
const maps = (value: string, role: MappedRole) => new RoleMappings(hub.database).add({ value, role, ...sent() });
const KIT = { subject: 'kit', name: 'Kit Rowan', email: 'kit@hub.example.org' };
const signsIn = (roles: readonly string[], who: { subject: string; name: string | null; email: string | null } = KIT) =>
  new AdmitPerson(hub.database, new Policies(hub.database)).execute({ ...who, roles });
const stored = (subject: string) =>
  hub.database.as(SERVICE).row<{ id: string; role: StaffRole; isActive: boolean; groups: string[] }>(sql`
    SELECT id, role, is_active AS "isActive", alert_groups AS groups FROM staff_member WHERE subject = ${subject}`);
const acts = async (subject: string) =>
  (
    await hub.database.as(SERVICE).rows<{ act: string; actor: string }>(sql`
      SELECT act, actor_kind AS actor FROM audit_entry
      WHERE details->>'staffId' = (SELECT id::text FROM staff_member WHERE subject = ${subject}) ORDER BY id`)
  ).map(({ act, actor }) => `${actor} ${act}`);

describe('while no value is mapped', () => {
  it('a person whom the hub knows is let in, and a person whom only the provider knows is not', async () => {
    expect(await signsIn(['Hub.Screener'])).toBe('unknown');
    expect(await stored('kit')).toBeNull();
    const { subject } = hub.socialWorker;
    expect(await signsIn([], { ...KIT, subject })).toMatchObject({ id: hub.socialWorker.id, role: 'social_worker' });
  });
});

describe('while values are mapped', () => {
  beforeEach(async () => {
    await maps('Hub.Screener', 'screener');
    await maps('Hub.Worker', 'social_worker');
    await maps('Hub.Auditor', 'auditor');
  });

  it('a new person with a value is added with its role, on the record, and answers no alerts yet', async () => {
    expect(await signsIn(['Other.App', 'Hub.Worker'])).toMatchObject({ name: 'Kit Rowan', role: 'social_worker' });
    expect(await stored('kit')).toMatchObject({ role: 'social_worker', isActive: true, groups: [] });
    expect(await acts('kit')).toEqual(['service staff.added']);
    expect(await signsIn(['Hub.Worker'])).toMatchObject({ role: 'social_worker' });
    expect(await acts('kit')).toHaveLength(1);
  });

  it('a person with several values has the first of the list, and another after its order is changed', async () => {
    expect(await signsIn(['Hub.Auditor', 'Hub.Worker', 'Hub.Screener'])).toMatchObject({ role: 'screener' });
    const mappings = new RoleMappings(hub.database);
    const [, second] = await mappings.all(administrator);
    await mappings.moveUp({ id: second!.id, ...sent() });
    expect((await mappings.all(administrator)).map(({ value }) => value)).toEqual([
      ...['Hub.Worker', 'Hub.Screener', 'Hub.Auditor'],
    ]);
    expect(await signsIn(['Hub.Auditor', 'Hub.Worker', 'Hub.Screener'])).toMatchObject({ role: 'social_worker' });
    expect(await acts('kit')).toEqual(['service staff.added', 'service staff.role-changed']);
  });

  it.each([
    ['of another case', 'hub.worker'],
    ['with more behind it', 'Hub.Worker2'],
    ['empty', ''],
  ])('a value %s is none of the list', async (_, value) => {
    expect(await signsIn([value])).toBe('unknown');
  });

  it('a person whom the provider brought and who has no value any more leaves, and comes back with one', async () => {
    await signsIn(['Hub.Worker']);
    const { id } = (await stored('kit'))!;
    const reference = await hub.submit(aRoutineAmber());
    await hub.claims({ kind: 'staff', id, name: 'Kit Rowan', role: 'social_worker' }, reference);
    expect(await signsIn(['Other.App'])).toBe('no-role');
    expect(await stored('kit')).toMatchObject({ isActive: false });
    expect((await hub.read(reference)).holder).toBeNull();
    expect(await signsIn([])).toBe('no-role');
    expect(await signsIn(['Hub.Auditor'])).toMatchObject({ id, role: 'auditor' });
    expect(await acts('kit')).toEqual([...['service staff.added', 'service staff.left', 'service staff.added']]);
  });

  it('a person whose new role holds no referrals has theirs put back on the queue', async () => {
    await signsIn(['Hub.Worker']);
    const { id } = (await stored('kit'))!;
    const reference = await hub.submit(aRoutineAmber());
    await hub.claims({ kind: 'staff', id, name: 'Kit Rowan', role: 'social_worker' }, reference);
    expect(await signsIn(['Hub.Auditor'])).toMatchObject({ role: 'auditor' });
    expect((await hub.read(reference)).holder).toBeNull();
  });

  it('people whom an administrator added stay as they are, with a value, another one, or none', async () => {
    const { subject, id } = hub.socialWorker;
    for (const roles of [['Hub.Auditor'], [], ['Hub.Worker']]) {
      expect(await signsIn(roles, { ...KIT, subject })).toMatchObject({ id, role: 'social_worker' });
    }
  });

  it('a person whom an administrator took out stays out, whoever added them', async () => {
    await signsIn(['Hub.Worker']);
    for (const { subject, id } of [hub.socialWorker, { subject: 'kit', id: (await stored('kit'))!.id }]) {
      await new LeaveHub(hub.database, new Policies(hub.database)).execute({ personId: id, ...sent() });
      expect(await signsIn(['Hub.Worker'], { ...KIT, subject })).toBe('unknown');
      expect(await stored(subject)).toMatchObject({ isActive: false });
    }
  });

  it('the only person of last resort is kept as one, and not let in', async () => {
    await signsIn(['Hub.Worker']);
    const { id } = (await stored('kit'))!;
    await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET alert_groups = '{}' WHERE id <> ${id}`);
    await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET alert_groups = '{last_resort}' WHERE id = ${id}`);
    expect(await signsIn([])).toBe('last-resort');
    expect(await signsIn(['Hub.Auditor'])).toBe('last-resort');
    expect(await stored('kit')).toMatchObject({ isActive: true, role: 'social_worker', groups: ['last_resort'] });
  });

  it('a new person needs an e-mail address, and is called by it where no name is given', async () => {
    expect(await signsIn(['Hub.Worker'], { ...KIT, email: null })).toBe('no-email');
    expect(await signsIn(['Hub.Worker'], { ...KIT, email: 'kit' })).toBe('no-email');
    expect(await signsIn(['Hub.Worker'], { ...KIT, name: null })).toMatchObject({ name: 'kit@hub.example.org' });
  });

  it('a person who begins two sign-ins at the same moment is added once', async () => {
    const both = await Promise.all([signsIn(['Hub.Worker']), signsIn(['Hub.Worker'])]);
    expect(both).toMatchObject([{ role: 'social_worker' }, { role: 'social_worker' }]);
    expect(await acts('kit')).toEqual(['service staff.added']);
  });

  it('no administrator changes the role of a person whom the provider brought, but may change their alerts', async () => {
    await signsIn(['Hub.Worker']);
    const { id: personId } = (await stored('kit'))!;
    const change = (role: StaffRole) =>
      new ChangeRole(hub.database, new Policies(hub.database)).execute({
        personId,
        role,
        groups: ['duty_team'],
        ...sent(),
      });
    await expect(change('manager')).rejects.toMatchObject({ code: 'role-of-provider' });
    await change('social_worker');
    expect(await stored('kit')).toMatchObject({ groups: ['duty_team'] });
    // Signing in again leaves that as it is, and a role that opens no alerts ends it.
    await signsIn(['Hub.Screener']);
    expect(await stored('kit')).toMatchObject({ role: 'screener', groups: ['duty_team'] });
    await signsIn(['Hub.Auditor']);
    expect(await stored('kit')).toMatchObject({ role: 'auditor', groups: [] });
  });
});
