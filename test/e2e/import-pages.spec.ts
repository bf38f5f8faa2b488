import { SERVICE, sql } from '#store';
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
  visitor = await console.visitedBy(await hub.another('administrator'), '/administration/agencies');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const LOOK = 'Look at what becomes of it';
const TWO = 'name,kind,source\nAshwell Primary,school,2A\n"Ashwell, Police",police,6\n';
const agencies = async () =>
  (await hub.database.as(SERVICE).rows<{ name: string }>(sql`SELECT name FROM agency ORDER BY name`)).map(
    ({ name }) => name,
  );

describe('an administrator brings in agencies from a table', () => {
  it('after a look at what becomes of each row, all of them once', async () => {
    await visitor.click('Add agencies from a table');
    const looked = await visitor.press(LOOK, { 'The table': `${TWO}LOOMGATE school,school,2A\n` });
    expect(looked.text).toContain('There already');
    expect(await agencies()).toEqual(['Loomgate School']);
    const { action, pairs } = looked.sendingBy('Add 2 agencies');
    const added = await visitor.press('Add 2 agencies');
    expect([added.path, added.notices()]).toEqual(['/administration/agencies', ['2 agencies are added.']]);
    expect((await visitor.send('POST', action, pairs)).status).toBe(303);
    expect(await agencies()).toEqual(['Ashwell Primary', 'Ashwell, Police', 'Loomgate School']);
  });

  it.each([
    ['UTF-8', Buffer.from(`\uFEFF${TWO}Académie,school,2A`)],
    ['UTF-16', Buffer.from(`\uFEFF${TWO}Académie,school,2A`, 'utf16le')],
    ['the alphabet of Windows', Buffer.from(`${TWO}Académie,school,2A`, 'latin1')],
  ])('from a file in %s that they chose', async (_, bytes) => {
    await visitor.open('/administration/import/agencies');
    const looked = await visitor.pressWithFile('Look at the file', { name: 'agencies.csv', bytes });
    expect(looked.field('The table').value).toContain('Académie,school,2A');
    await visitor.press('Add 3 agencies');
    expect(await agencies()).toEqual(['Académie', 'Ashwell Primary', 'Ashwell, Police', 'Loomgate School']);
  });

  it.each([
    ['none', null, 'Select a CSV file'],
    ['an empty one', Buffer.alloc(0), 'The selected file is empty'],
    [
      'a spreadsheet',
      Buffer.from('PK\x03\x04\x14\0\0\0'),
      'The selected file must be a CSV file: save the spreadsheet as CSV first',
    ],
    [
      'one of 301 KB',
      Buffer.alloc(301_000, 'name,kind,source\n'),
      'The selected file must be smaller than 300 KB: bring it in by several',
    ],
  ])('from no file where they chose %s, and the page says why', async (_, bytes, why) => {
    await visitor.open('/administration/import/agencies');
    const file = bytes === null ? null : { name: 'agencies.csv', bytes };
    const refused = await visitor.pressWithFile('Look at the file', file);
    expect([refused.status, refused.errors()]).toEqual([422, [why]]);
    expect(await agencies()).toEqual(['Loomgate School']);
  });

  it('none of them while a row has a fault, which is named; the table stays', async () => {
    await visitor.open('/administration/import/agencies');
    const looked = await visitor.press(LOOK, { 'The table': `${TWO}Zoo,zoo,2A` });
    expect(looked.text).toContain('1 of 3 rows cannot be added.');
    expect(looked.text).toContain('Cannot be added: the kind is one of: school');
    expect(looked.html).not.toContain('Add 2 agencies');
    expect(looked.field('The table').value).toContain('Zoo,zoo,2A');
    const wrong = await visitor.press(LOOK, { 'The table': 'called\nAshwell' });
    expect([wrong.status, wrong.errors()[0]]).toEqual([
      422,
      expect.stringContaining('It does not name: name, kind, source'),
    ]);
    const empty = await visitor.press(LOOK, { 'The table': '' });
    expect([empty.status, empty.errors()]).toEqual([422, ['Paste a table']]);
  });

  it('none of them where one was added meanwhile, and is told so', async () => {
    await visitor.open('/administration/import/agencies');
    const looked = await visitor.press(LOOK, { 'The table': TWO });
    const { action, pairs } = looked.sendingBy('Add 2 agencies');
    const forged = pairs.map(([name, value]) => [name, name === 'table' ? `${TWO}Zoo,zoo,2A` : value] as const);
    const refused = await visitor.send('POST', action, forged);
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('A row cannot be added any more')]);
    expect(await agencies()).toEqual(['Loomgate School']);
  });
});

it('an administrator brings in people of the hub and a partner, who can sign in then', async () => {
  await visitor.open('/administration/people');
  await visitor.click('Add people from a table');
  const header = 'name\tsubject\temail\trole\tagency\talert groups';
  const table = `${header}\nŁucja Zielińska\tlucja\tlucja@example.org\tSocial worker\t\tduty_team\nPat Lowe\tpat.lowe\tpat@example.org\tpartner\tLoomgate School\t`;
  await visitor.press(LOOK, { 'The table': table });
  const added = await visitor.press('Add 2 people');
  expect([added.notices(), added.text]).toEqual([['2 people are added.'], expect.stringContaining('Łucja Zielińska')]);
  const rows = await hub.database.as(SERVICE).rows(sql`
    SELECT role, agency_id IS NOT NULL AS "isPartner", alert_groups AS groups FROM staff_member
    WHERE subject IN ('lucja', 'pat.lowe') ORDER BY subject`);
  expect(rows).toEqual([
    { role: 'social_worker', isPartner: false, groups: ['duty_team'] },
    { role: 'partner', isPartner: true, groups: [] },
  ]);
});

it('a manager finds no table to bring in, and there is none of another kind', async () => {
  const manager = await console.visitedBy(hub.manager);
  expect((await manager.open('/administration/import/people')).status).toBe(404);
  expect((await visitor.open('/administration/import/children')).status).toBe(404);
});
