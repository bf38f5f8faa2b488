import { randomUUID } from 'node:crypto';
import papaparse from 'papaparse';
import { SubmitReferral } from '#referrals';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { addAgency } from '../support/agencies-and-staff.ts';

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

const DECIDED = 'Decided referrals';
const OCTOBER = '/oversight/decided?from=2026-10-01&to=2026-11-01';
const NOVEMBER = '/oversight/decided?from=2026-11-01&to=2026-12-01';

/** Two in November: a green in time, and an amber three days late. */
async function decideTwo() {
  const green = await hub.submit(aFamilyShortOfMoney());
  await hub.moveTo('2026-11-23T11:10');
  await hub.decides(hub.otherManager, green, { outcome: 'advice_and_signposting', thresholdLevel: 1 });
  const amber = await hub.submit(aCoachMessagingChildren());
  await hub.moveTo('2026-11-26T11:10');
  await hub.decides(hub.manager, amber, { outcome: 'early_help', thresholdLevel: 2 });
  return { green, amber };
}

const referencesOn = (rows: readonly (readonly string[])[]) => rows.map(([reference]) => reference);

describe('the page of decided referrals', () => {
  it('shows the current month, says so in a sentence, and leads from each line to its referral', async () => {
    const { green, amber } = await decideTwo();
    const visitor = await console.visitedBy(hub.manager, '/oversight/decided');
    const { page } = visitor;
    expect([page.status, page.heading]).toEqual([200, DECIDED]);
    expect(page.text).toContain('Referrals that were decided in November 2026.');
    expect(page.text).toContain('All 2 referrals are shown.');
    expect(page.rowsOf(DECIDED)).toEqual([
      [
        amber,
        'Amber',
        'Loomgate School',
        '11:10am on Monday 23 November',
        '11:10am today',
        expect.stringMatching(/^3 days \d+ hours \d+ minutes of working time$/),
        expect.stringMatching(/^Late by \d+ days?/),
        expect.stringMatching(/^Late by \d+ days?/),
        'Not recorded',
        'Early help',
        'Mel Manager',
      ],
      expect.arrayContaining([green, 'Green', 'In time', 'Advice and signposting', 'Max Manager']),
    ]);
    const referral = await visitor.click(amber);
    expect(referral.path).toBe(`/referrals/${amber}`);
  });

  it('is one address for one question, and says the question', async () => {
    const { amber } = await decideTwo();
    const asked = `${NOVEMBER}&rating=amber&operational=late&statutory=late&outcome=early_help&decider=${hub.manager.id}&agency=${hub.agency.agencyId}`;
    const { page } = await console.visitedBy(hub.manager, asked);
    expect(page.text).toContain(
      'Referrals that were decided in November 2026, rated amber, late by the hub’s target and late by the statutory limit, with the outcome “Early help”, by Mel Manager, from Loomgate School.',
    );
    expect(referencesOn(page.rowsOf(DECIDED))).toEqual([amber]);
    expect(page.wordsOfEach('.moj-filter__tag')).toHaveLength(6);
  });

  it.each([
    [`${OCTOBER}&rating=red&operational=late`, 'decided in October 2026, rated red, late by the hub’s target.'],
    ['/oversight/decided?from=2026-10-05&to=2026-10-06', 'decided on Monday 5 October 2026.'],
    ['/oversight/decided?from=2026-10-05&to=2026-10-12', 'decided from 5 October 2026 to 11 October 2026.'],
    [
      `${OCTOBER}&period=received&statutory=in-time`,
      'came in October 2026 and have been decided, in time by the statutory',
    ],
  ])('says of %s that its referrals were %s', async (address, words) => {
    const { page } = await console.visitedBy(hub.manager, address);
    expect(page.text).toContain(words);
    expect(page.text).toContain('There is no such referral.');
    expect(page.links()).not.toContain('Save the whole list as a CSV file');
  });

  it('is narrowed down by its form without a script, which keeps the order, and widened by its tags', async () => {
    const { green, amber } = await decideTwo();
    const visitor = await console.visitedBy(hub.manager, NOVEMBER);
    await visitor.click('Took: sort by it');
    await visitor.press('Apply', { Rating: 'Green' });
    expect(visitor.page.path).toContain('sort=took');
    expect(visitor.page.path).toContain('rating=green');
    expect(referencesOn(visitor.page.rowsOf(DECIDED))).toEqual([green]);
    expect(visitor.page.field('From').value).toBeDefined();
    await visitor.click('Remove the filter Rating: Green');
    expect(referencesOn(visitor.page.rowsOf(DECIDED))).toEqual([amber, green]);
    await visitor.click('December 2026');
    expect(visitor.page.text).toContain('decided in December 2026.');
  });

  it('is sorted by the heads of its columns, one way and then the other', async () => {
    const { green, amber } = await decideTwo();
    const visitor = await console.visitedBy(hub.manager, NOVEMBER);
    for (const [head, up] of [
      ['Rating', [amber, green]],
      ['Outcome', [green, amber]],
      ['Decided by', [green, amber]],
    ] as const) {
      expect(referencesOn((await visitor.click(`${head}: sort by it`)).rowsOf(DECIDED))).toEqual(up);
      const again = visitor.page.links().find((words) => words.startsWith(head))!;
      expect(referencesOn((await visitor.click(again)).rowsOf(DECIDED))).toEqual(up.toReversed());
    }
  });

  it('is turned page by page to the end, and says how many there are', async () => {
    const { amber } = await decideTwo();
    await hub.copiesDecided(amber, 118);
    const visitor = await console.visitedBy(hub.manager, NOVEMBER);
    const shown = [...referencesOn(visitor.page.rowsOf(DECIDED))];
    expect(visitor.page.text).toContain('120 referrals, 50 to a page.');
    while (visitor.page.links().includes('Next page')) {
      await visitor.click('Next page');
      shown.push(...referencesOn(visitor.page.rowsOf(DECIDED)));
    }
    expect([shown.length, new Set(shown).size]).toEqual([120, 120]);
    expect((await visitor.click('Back to the first page')).path).toBe(NOVEMBER);
  });

  it.each([
    ['rating=purple', 'Select a rating of the list'],
    ['rating=red&rating=amber', 'The address says this twice'],
    ['outcome=celebration', 'Select an outcome of the list'],
    ['decider=00000000-0000-7000-8000-000000000000', 'Select a person of the list'],
    ['decider=me', 'Select a person of the list'],
    ['agency=00000000-0000-7000-8000-000000000000', 'Select an agency of the list'],
    ['operational=maybe', 'Select late or in time'],
    ['statutory=LATE', 'Select late or in time'],
    ['period=closed', 'Select whether the days are of the decision or of the receipt'],
    ['sort=colour', 'The list cannot be sorted by this'],
    ['sort=took&order=sideways', 'The list is sorted ascending or descending'],
    ['after=bm90aGluZw', 'The address names no place in this list'],
    ['raiting=red', 'The address asks for something that this page does not know'],
    ['rating[a]=red', 'The address asks for something that this page does not know'],
    ['__proto__=red', 'The address asks for something that this page does not know'],
  ])('refuses an address with %s, and says what is wrong with it', async (asked, error) => {
    for (const path of ['/oversight/decided', '/oversight/decided.csv']) {
      const { page } = await console.visitedBy(hub.manager, `${path}?${asked}`);
      expect([page.status, page.errors()]).toEqual([422, [error]]);
      expect(page.title).toMatch(/^Error: /);
    }
    expect(await hub.entryCount('decided.read')).toBe(0);
    expect(await hub.entryCount('decided.exported')).toBe(0);
  });

  it.each([
    ['from=2026-10-01', ['Give a day, such as 2026-11-01']],
    ['to=2026-10-01', ['Give a day, such as 2026-10-01']],
    ['from=2026-02-30&to=2026-03-01', ['Give a day, such as 2026-10-01']],
    ['from=1/10/2026&to=2026-11-01', ['Give a day, such as 2026-10-01']],
    ['from=2026-10-01T00:00Z&to=2026-11-01', ['Give a day, such as 2026-10-01']],
    ['from=2026-11-01&to=2026-11-01', ['The last day must come after the first']],
    ['from=2026-11-02&to=2026-11-01', ['The last day must come after the first']],
    ['from=-000001-10-01&to=999999-10-01', ['Give a day, such as 2026-10-01', 'Give a day, such as 2026-11-01']],
  ])('refuses the days %s', async (asked, errors) => {
    const { page } = await console.visitedBy(hub.manager, `/oversight/decided?${asked}`);
    expect([page.status, page.errors()]).toEqual([422, errors]);
  });

  it('leads to what is left when everything of a page has gone', async () => {
    const { green } = await decideTwo();
    const beyond = Buffer.from('2000-01-01T00:00:00Z 00000000-0000-7000-8000-000000000000').toString('base64url');
    const { page } = await console.visitedBy(hub.manager, `${NOVEMBER}&rating=green&after=${beyond}`);
    expect([page.path, referencesOn(page.rowsOf(DECIDED))]).toEqual([`${NOVEMBER}&rating=green`, [green]]);
  });

  it('is for managers and auditors; others are told so', async () => {
    for (const path of ['/oversight/decided', '/oversight/decided.csv']) {
      for (const person of [hub.socialWorker, hub.screener]) {
        const { page } = await console.visitedBy(person, path);
        expect([page.status, page.heading]).toEqual([404, 'This page is for other roles']);
        expect(page.text).toContain('practice managers, service managers, heads of service and auditors');
      }
    }
  });

  it('names no child', async () => {
    await decideTwo();
    const { page } = await console.visitedBy(hub.manager, NOVEMBER);
    const names = [aCoachMessagingChildren(), aFamilyShortOfMoney()]
      .flatMap(({ children }) => children.flatMap(({ firstName, lastName }) => [firstName, lastName]))
      .filter((name) => name !== undefined && name !== '');
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => page.text.includes(name!))).toEqual([]);
  });
});

describe('the file of decided referrals', () => {
  it('E2, E3: has every line of the filter, from all pages, and is on the record with their count', async () => {
    const { green, amber } = await decideTwo();
    await hub.copiesDecided(amber, 2_100);
    const visitor = await console.visitedBy(hub.manager, `${NOVEMBER}&operational=late`);
    const file = await visitor.get(visitor.page.link('Save the whole list as a CSV file'));
    expect(file.status).toBe(200);
    expect(file.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('Content-Disposition')).toBe('attachment; filename=decided-2026-11-01-to-2026-11-30.csv');
    expect(file.headers.get('Cache-Control')).toBe('no-store');
    const { data } = papaparse.parse<Record<string, string>>(file.html, { header: true, skipEmptyLines: true });
    expect(data).toHaveLength(2_101);
    expect(data.map(({ reference }) => reference)).not.toContain(green);
    expect(data.at(-1)).toMatchObject({
      reference: amber,
      rating: 'amber',
      agency: 'Loomgate School',
      receivedAt: '2026-11-23T11:10:00+00:00',
      decidedAt: '2026-11-26T11:10:00+00:00',
      elapsedMinutes: '4320',
      outcome: 'early_help',
      thresholdLevel: '2',
      decider: 'Mel Manager',
      operational: 'late',
      statutory: 'late',
    });
    expect(await hub.recordOf('decided.exported')).toEqual([
      expect.objectContaining({ count: 2_101, operational: 'late', from: '2026-11-01', to: '2026-12-01' }),
    ]);
  });

  it('E1: has nothing that a spreadsheet runs', async () => {
    const name = '=HYPERLINK("http://evil.example";"Loomgate")';
    const { agencyId } = await addAgency(hub.database, name);
    await decideTwo();
    const { answer } = await hub.whole
      .get(SubmitReferral)
      .execute({ agencyId, idempotencyKey: randomUUID(), referral: aRoutineAmber() });
    await hub.decides(hub.manager, answer.reference, { outcome: 'early_help' });
    const visitor = await console.visitedBy(hub.manager, NOVEMBER);
    const { html } = await visitor.get('/oversight/decided.csv?from=2026-11-01&to=2026-12-01');
    const { data } = papaparse.parse<Record<string, string>>(html, { header: true, skipEmptyLines: true });
    expect(data.map(({ agency }) => agency)).toEqual(['Loomgate School', 'Loomgate School', `'${name}`]);
  });

  it('has only its heads when there is no such referral', async () => {
    const visitor = await console.visitedBy(hub.manager);
    const { html } = await visitor.get('/oversight/decided.csv?from=2026-10-01&to=2026-11-01');
    expect(html).toMatch(/^reference,rating,agency,[A-Za-z,]+\r\n$/);
  });

  it('is answered with a page when the record cannot be written, and no line leaves', async () => {
    await decideTwo();
    const visitor = await console.visitedBy(hub.manager, NOVEMBER);
    const mend = await hub.refusesEntriesOf('decided.exported');
    const answer = await visitor.get('/oversight/decided.csv?from=2026-11-01&to=2026-12-01');
    await mend();
    expect([answer.status, answer.heading]).toEqual([500, 'Something went wrong']);
    expect(answer.headers.get('Content-Disposition')).toBeNull();
  });
});
