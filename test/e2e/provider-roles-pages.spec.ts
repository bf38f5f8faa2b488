import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let administrator: Visitor;
/** Whom the provider knows, as it does at this moment. */
const kit = {
  subject: 'kit',
  name: 'Kit Rowan',
  role: 'provider',
  email: 'kit@hub.example.org',
  providerRoles: ['Hub.Screener'],
};
const known = { there: true };
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub, async () => (known.there ? [kit] : []));
});
beforeEach(async () => {
  await hub.reset();
  kit.providerRoles = ['Hub.Screener'];
  known.there = true;
  administrator = await console.visitedBy(await hub.another('administrator'), '/administration/roles');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const maps = (value: string, role: string) =>
  administrator.press('Add the value', { 'Value of the claim roles': value, 'Role at the hub': role });
const idOfKit = async () =>
  (await hub.database.as(SERVICE).row<{ id: string }>(sql`SELECT id FROM staff_member WHERE subject = 'kit'`))!.id;

describe('an administrator', () => {
  it('maps values to roles, once each, in an order, and removes them', async () => {
    const empty = await administrator.press('Add the value');
    expect([empty.status, empty.errors()]).toEqual([
      422,
      ['Enter a value of the claim roles', 'Select the role at the hub'],
    ]);
    await maps('Hub.Screener', 'Screener');
    const added = await maps('Hub.Worker', 'Social worker');
    expect(added.notices()).toEqual(['Who signs in with Hub.Worker has that role from now on.']);
    const twice = await maps('Hub.Worker', 'Auditor');
    expect([twice.status, twice.errors()]).toEqual([409, [expect.stringMatching(/^This value has a role already/)]]);
    await administrator.open('/administration/roles');
    const moved = await administrator.press('Move up Hub.Worker');
    const rows = moved.rowsOf('Roles from the identity provider').map(([, value, role]) => [value, role]);
    expect(rows).toEqual([
      ['Hub.Worker', 'Social worker'],
      ['Hub.Screener', 'Screener'],
    ]);
    const removed = await administrator.press('Remove Hub.Worker');
    expect(removed.rowsOf('Roles from the identity provider')).toHaveLength(1);
    expect(removed.text).toContain('A person who has several values has the role of the first in this list.');
  });

  it('changes role and alerts of a person in one step, sees who answers which alerts, and not their own role', async () => {
    await administrator.open(`/administration/people/${hub.socialWorker.id}`);
    const changed = await administrator.press('Change what they do', {
      Role: 'Practice manager',
      'Practice manager': true,
    });
    expect(changed.notices()).toEqual(['What the person does is changed.']);
    expect(changed.text).toContain('Practice manager, The hub.');
    const people = await administrator.open('/administration/people');
    const groups = people.rowsOf('Who answers which alerts');
    expect(groups).toContainEqual(['Practice manager', 'Sol Worker, practice_manager']);
    const { last_resort: last } = hub.onDuty;
    await administrator.open(`/administration/people/${last.id}`);
    const refused = await administrator.press('Change what they do', { Role: 'Auditor' });
    expect([refused.status, refused.errors()]).toEqual([409, [expect.stringContaining('last resort')]]);
  });

  it('who was signed out everywhere signs in again, and nothing of before goes on', async () => {
    const [one, two] = [await console.visitedBy(hub.socialWorker), await console.visitedBy(hub.socialWorker)];
    const other = await console.visitedBy(hub.manager);
    await administrator.open(`/administration/people/${hub.socialWorker.id}`);
    const done = await administrator.press('Sign out everywhere');
    expect(done.notices()).toEqual(['They are signed out in 2 places.']);
    for (const visitor of [one, two]) expect((await visitor.get('/queue')).leadsTo).toMatch(/^\/sign-in/);
    expect((await other.get('/queue')).status).toBe(200);
    expect((await administrator.press('Sign out everywhere')).notices()).toEqual(['They were not signed in anywhere.']);
    expect((await one.open('/queue')).status).toBe(200);
  });
});

describe('a person whom only the identity provider knows', () => {
  it('is not let in while no value is mapped, and is added with a role when one is', async () => {
    const visitor = console.visitor();
    expect((await visitor.signInAs(kit)).text).toContain('You are not among this hub’s staff.');
    await maps('Hub.Screener', 'Screener');
    expect((await visitor.open('/queue')).status).toBe(200);
    const people = await administrator.open('/administration/people');
    expect(people.rowsOf('People, those who have left last')).toContainEqual([
      ...['Kit Rowan', 'screener', 'The hub', 'kit@hub.example.org', ''],
    ]);
    await administrator.open(`/administration/people/${await idOfKit()}`);
    expect(administrator.page.text).toContain('Their role comes from the identity provider');
  });

  it('Z8: whose role is taken away is signed out within fifteen minutes, and cannot sign in', async () => {
    await maps('Hub.Screener', 'Screener');
    const visitor = await console.visitedBy(kit);
    kit.providerRoles = [];
    await hub.moveBy({ minutes: 14, seconds: 59 });
    expect((await visitor.get('/queue')).status).toBe(200);
    await hub.moveBy({ seconds: 1 });
    expect((await visitor.get('/queue')).leadsTo).toMatch(/^\/sign-in/);
    expect((await visitor.open('/queue')).text).toContain('Your account has no role at this hub any more');
    expect((await administrator.open('/administration/people')).text).toContain('Kit Rowan Has left');
  });

  it('Z7: who is an administrator gets no other role by a value that they map, now or after they left', async () => {
    kit.providerRoles = ['Hub.Admin', 'Everyone'];
    await maps('Hub.Admin', 'Administrator');
    const visitor = await console.visitedBy(kit, '/administration/roles');
    const map = { 'Value of the claim roles': 'Everyone', 'Role at the hub': 'Social worker' };
    await visitor.press('Add the value', map);
    await visitor.open('/administration/roles');
    await visitor.press('Move up Everyone');
    for (let round = 0; round < 2; round += 1) {
      await hub.moveBy({ minutes: 15 });
      const refused = await visitor.open('/queue');
      expect([refused.path.startsWith('/queue'), refused.text]).toEqual([
        false,
        expect.stringContaining('no role at this hub'),
      ]);
    }
    const [left] = await hub.database
      .as(SERVICE)
      .rows(sql`SELECT role, is_active AS "isActive" FROM staff_member WHERE subject = 'kit'`);
    expect(left).toEqual({ role: 'administrator', isActive: false });
  });

  it('Z8: whose role is taken away is signed out at once by an administrator', async () => {
    await maps('Hub.Screener', 'Screener');
    const visitor = await console.visitedBy(kit);
    kit.providerRoles = [];
    await administrator.open(`/administration/people/${await idOfKit()}`);
    await administrator.press('Sign out everywhere');
    expect((await visitor.open('/queue')).text).toContain('Your account has no role at this hub any more');
  });

  it('Z8: whose role is changed works with the new one within fifteen minutes, again and again', async () => {
    await maps('Hub.Screener', 'Screener');
    await maps('Hub.Auditor', 'Auditor');
    const visitor = await console.visitedBy(kit);
    for (const [value, status] of [
      ['Hub.Auditor', 404],
      ['Hub.Screener', 200],
      ['Hub.Auditor', 404],
    ] as const) {
      kit.providerRoles = [value];
      await hub.moveBy({ minutes: 15 });
      const answers = await Promise.all([visitor.get('/search'), visitor.get('/search'), visitor.get('/search')]);
      expect(answers.map((answer) => answer.status)).toContain(status);
      expect((await visitor.get('/search')).status).toBe(status);
    }
  });

  it('Z8: whose account is closed at the provider is signed out within fifteen minutes', async () => {
    await maps('Hub.Screener', 'Screener');
    const visitor = await console.visitedBy(kit);
    known.there = false;
    await hub.moveBy({ minutes: 15 });
    expect((await visitor.get('/queue')).leadsTo).toMatch(/^\/sign-in/);
  });
});

it('nothing by which the provider is asked again is in a session, or is stored to be read', async () => {
  await console.visitedBy(hub.manager);
  const [row] = await hub.database.as(SERVICE).rows<{ grants: number; sessions: string }>(sql`
    SELECT (SELECT count(*)::int FROM provider_grant) AS grants, (SELECT string_agg(sess::text, '') FROM session) AS sessions`);
  expect(row!.grants).toBeGreaterThan(0);
  expect(row!.sessions).not.toMatch(/refresh|access_?token/i);
});
