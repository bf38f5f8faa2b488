import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { addEntries, entriesOf } from '../support/verbs/record.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

describe('the page of the record', () => {
  it('says what one person opened, searched for, decided and was refused', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.search({ name: 'Elodie Marsden', dateOfBirth: '2019-03-27' }, hub.socialWorker);
    await hub.read(reference, hub.socialWorker);
    await hub.decides(hub.socialWorker, reference);
    await (await console.visitedBy(hub.socialWorker)).get('/workload');

    const auditor = await console.visitedBy(hub.auditor, '/oversight/record');
    await auditor.press('Read the record', { Who: 'Sol Worker (social worker)', What: 'Everything' });
    const said = auditor.page.rowsOf('Record').map(([, who, what, about]) => [who, what, about]);
    const by = (what: string, about = '') => ['Sol Worker', what, about];
    expect(said).toEqual(
      expect.arrayContaining([
        by('Searched: by name, date of birth; 0 found'),
        by('Opened the referral', reference),
        by('Decided: Child and family assessment', reference),
        by('Was refused: may not read the workload'),
        by('Signed in'),
      ]),
    );
    expect(auditor.page.text).not.toContain('Marsden');
    for (const [kind, what] of [
      ['Searched', 'Searched: by name, date of birth; 0 found'],
      ['Refused', 'Was refused: may not read the workload'],
      ['Decided', 'Decided: Child and family assessment'],
    ] as const) {
      await auditor.press('Read the record', { What: kind });
      expect(auditor.page.rowsOf('Record').map((row) => row[2])).toEqual([what]);
      expect(auditor.page.text).toContain(
        `${kind}, by Sol Worker, from 17 November 2026 to the end of 23 November 2026`,
      );
    }
  });

  it('says who opened one child’s referral, and that reading it is on the record', async () => {
    const [reference, other] = [await hub.submit(aBruisedBaby()), await hub.submit(aPoorAttender())];
    await hub.read(reference, hub.screener);
    await hub.read(other, hub.screener);
    const manager = await console.visitedBy(hub.manager, '/oversight/record');
    const asked = { What: 'Opened', 'Reference of a referral': reference.toLowerCase() };
    await manager.press('Read the record', asked);
    expect(manager.page.rowsOf('Record')).toEqual([
      ['23 November 2026, 10:00:00', 'Sam Screener', 'Opened the referral', reference],
    ]);
    expect(manager.page.link(reference)).toBe(`/referrals/${reference}`);
    await manager.open(`/referrals/${reference}/access`);
    expect(manager.page.rowsOf('Who opened this record, the latest first').map((row) => row.slice(1))).toEqual([
      ['Mel Manager', 'Opened the referral'],
      ['Mel Manager', 'Read the record'],
      ['Sam Screener', 'Opened the referral'],
    ]);
    expect((await entriesOf(hub.database, 'record.read')).at(-1)).toMatchObject({ reference, details: { count: 1 } });
  });

  it('begins with what was refused in the last seven days', async () => {
    await (await console.visitedBy(hub.screener)).get('/workload');
    await hub.moveBy({ hours: 24 * 6 });
    const manager = await console.visitedBy(hub.manager, '/oversight/record');
    expect(manager.page.text).toContain('Refused, from 23 November 2026 to the end of 29 November 2026');
    expect(manager.page.rowsOf('Record').map((row) => row[1])).toEqual(['Sam Screener']);
    await hub.moveBy({ hours: 24 });
    await manager.open('/oversight/record');
    expect(manager.page.text).toContain('The record has nothing of this.');
  });

  it('goes on page by page through all of it, and back to the latest', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await addEntries(hub.database, ['referral.read'], [hub.screener.id], [reference], 120);
    const manager = await console.visitedBy(hub.manager, `/oversight/record?person=${hub.screener.id}&kind=opened`);
    const times: (string | undefined)[] = [];
    const shown: number[] = [];
    for (;;) {
      const rows = manager.page.rowsOf('Record');
      times.push(...rows.map(([at]) => at));
      shown.push(rows.length);
      if (!manager.page.links().includes('Earlier entries')) break;
      await manager.click('Earlier entries');
    }
    expect(shown).toEqual([50, 50, 20]);
    expect(times).toEqual(times.toSorted().toReversed());
    await manager.click('The latest entries');
    expect(manager.page.text).toContain('The latest 50, the latest first');
  });

  it.each([
    ['reference=MASH', 'Give the whole reference, such as MASH-7K3F-9QXT'],
    ['reference=MASH-0000-0000', 'No referral has this reference'],
    ['person=nobody', 'Select a person'],
    ['kind=everything', 'Select what they did'],
    ['from=2026-02-30', 'Give a whole date'],
    ['from=yesterday', 'Give a whole date'],
    ['to=99999-01-01', 'Give a whole date'],
    ['from=2026-11-23&to=2026-11-23', 'Give a day after the first'],
    ['from=2026-11-23&to=2026-11-01', 'Give a day after the first'],
  ])('says what is wrong with %s, and reads nothing', async (query, error) => {
    const manager = await console.visitedBy(hub.manager, `/oversight/record?${query}`);
    expect([manager.page.status, manager.page.errors()]).toEqual([422, [error]]);
    expect(await entriesOf(hub.database, 'record.read')).toEqual([]);
  });

  it.each([
    'after=1',
    'after=99999999999999.01900000-0000-7000-8000-000000000001',
    'after=%00',
    'after[]=1&person[]=2',
  ])('begins anew where a person changed the address to %s', async (query) => {
    expect((await console.visitedBy(hub.manager, `/oversight/record?${query}`)).page.status).toBe(200);
  });

  it('does not exist for a worker, and the record says that they asked', async () => {
    for (const person of [hub.screener, hub.socialWorker]) {
      const worker = await console.visitedBy(person);
      expect((await worker.get('/oversight/record')).status).toBe(404);
      expect(worker.page.links()).not.toContain('Record');
    }
    const refused = await entriesOf(hub.database, 'access.refused');
    expect(refused.map(({ details }) => details['action'])).toEqual(['record:read', 'record:read']);
  });

  it('names people who have left, also those whose acts it is asked for', async () => {
    await hub.read(await hub.submit(aBruisedBaby()), hub.screener);
    await hub.leaves(hub.screener);
    const manager = await console.visitedBy(hub.manager, '/oversight/record');
    await manager.press('Read the record', { Who: 'Sam Screener (screener, left)', What: 'Opened' });
    expect(manager.page.rowsOf('Record').map((row) => row[1])).toEqual(['Sam Screener']);
  });
});
