import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let administrator: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  administrator = await console.visitedBy(await hub.another('administrator'), '/administration/council');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const SAID = {
  'Name of the council': 'Tameshire Council',
  'Telephone number of the hub': '0161 496 0123',
  'Hours of the hub, in words': 'Monday to Friday, 9am to 5pm',
  'Telephone number of the emergency duty team': '0161 496 0456',
};

it('what an administrator says of the council stands on every page from then on, with who said it and when', async () => {
  expect(administrator.page.text).toContain('If this is empty: Loomshire Council');
  expect(administrator.page.text).toContain('No administrator has changed it');
  const saved = await administrator.press('Save', SAID);
  expect(saved.notices()).toEqual(['Every page and every message says this from now on.']);
  const [[version, when, , words]] = saved.rowsOf('Who changed it') as [string[]];
  expect([version, when, words]).toEqual([
    ...['1', '10am today'],
    'Tameshire Council, the hub 0161 496 0123, Monday to Friday, 9am to 5pm, the emergency duty team 0161 496 0456',
  ]);
  const worker = await console.visitedBy(hub.socialWorker, '/queue');
  expect(worker.page.text).toContain('Tameshire Council');
  expect(worker.page.text).toContain(
    'The hub: 0161 496 0123, Monday to Friday, 9am to 5pm. At other times the emergency duty team: 0161 496 0456.',
  );
  expect((await worker.open('/privacy')).text).toContain('Tameshire Council answers for it');
  // Also before a person signs in.
  expect((await console.visitor().open('/signed-out')).text).toContain('Tameshire Council');
});

it('what referrers are told has the number of the hub as it is now', async () => {
  await administrator.press('Save', SAID);
  const reference = await hub.submit(aRoutineAmber());
  await hub.claims(hub.manager, reference);
  await hub.decides(hub.manager, reference, { outcome: 'early_help', thresholdLevel: 2 });
  await hub.moveBy({ hours: 1 });
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/feedback`);
  expect(manager.page.text).toContain('0161 496 0123');
});

it('an empty field is as the settings of the service have it again', async () => {
  await administrator.press('Save', SAID);
  await administrator.press('Save', Object.fromEntries(Object.keys(SAID).map((label) => [label, ''])));
  expect(administrator.page.rowsOf('Who changed it')[0]![3]).toBe('As the settings of the service say');
  expect(administrator.page.html).toContain('Loomshire Council');
  expect(administrator.page.html.split('<main')[0]).not.toContain('Tameshire');
});

it('a change of another administrator meanwhile is not written over, and a form that is sent twice counts once', async () => {
  const other = await console.visitedBy(await hub.another('administrator'), '/administration/council');
  const { action, pairs } = administrator.page.sendingBy('Save', SAID);
  await administrator.send('POST', action, pairs);
  expect((await administrator.send('POST', action, pairs)).status).toBe(303);
  const refused = await other.press('Save', { 'Name of the council': 'Another Council' });
  expect([refused.status, refused.errors()]).toEqual([
    409,
    [expect.stringMatching(/^Another administrator changed this meanwhile/)],
  ]);
  expect(refused.field('Name of the council').value).toBe('Another Council');
  expect(refused.rowsOf('Who changed it')).toHaveLength(1);
});

it('a version is never changed or removed', async () => {
  await administrator.press('Save', SAID);
  for (const statement of [sql`UPDATE council_version SET name = 'x'`, sql`DELETE FROM council_version`]) {
    await expect(hub.database.as(SERVICE).run(statement)).rejects.toThrow();
  }
});
