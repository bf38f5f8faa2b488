import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let visitor: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  visitor = await console.visitedBy(await hub.another('administrator'), '/administration/people');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

it('a person leaves only after a page that says what follows, which changes nothing by itself', async () => {
  const at = `/administration/people/${hub.screener.id}`;
  await visitor.open(at);
  const asked = await visitor.click('Record that they have left');
  expect([asked.path, asked.heading]).toEqual([`${at}/left`, 'Confirm that they have left']);
  expect(asked.text).toContain('Sam Screener');
  expect(asked.text).toContain('the referrals that are with them go back on the queue');
  await visitor.click('Cancel');
  expect([visitor.page.path, visitor.page.text.includes('They have left:')]).toEqual([at, false]);
  await visitor.click('Record that they have left');
  expect((await visitor.press('They have left')).notices()).toEqual([
    expect.stringContaining('They are signed out, and no alert goes to them.'),
  ]);
  expect((await visitor.open(`${at}/left`)).status).toBe(404);
});

it('a person of an agency leaves after a page that says nothing of a queue or a rota', async () => {
  const { partner } = await hub.anAgency('Hillbrook Primary');
  const asked = await visitor.open(`/administration/people/${partner.id}/left`);
  expect(asked.text).toContain('they are signed out at once');
  expect(asked.text).not.toMatch(/queue|rota/);
});

it('an agency is suspended only after a page that says what follows, and let in again by one press', async () => {
  const at = `/administration/agencies/${hub.agency.agencyId}`;
  await visitor.open(at);
  const asked = await visitor.click('Suspend this agency');
  expect([asked.path, asked.heading]).toEqual([`${at}/suspend-agency`, 'Confirm that the agency is suspended']);
  expect(asked.text).toContain('its programs get no answer');
  await visitor.click('Cancel');
  expect(visitor.page.text).not.toContain('Suspended since');
  await visitor.click('Suspend this agency');
  expect((await visitor.press('Suspend the agency')).text).toContain('Suspended since 10am today');
  expect((await visitor.open(`${at}/suspend-agency`)).status).toBe(404);
  await visitor.open(at);
  expect((await visitor.press('Let the agency in again')).text).not.toContain('Suspended since');
});

it('no page that asks before an act is there for a person who does not administer', async () => {
  const manager = await console.visitedBy(hub.manager);
  for (const path of [
    `/administration/people/${hub.screener.id}/left`,
    `/administration/agencies/${hub.agency.agencyId}/suspend-agency`,
  ])
    expect((await manager.open(path)).status).toBe(404);
});
