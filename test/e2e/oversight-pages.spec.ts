import { CloseDays } from '#oversight';
import { SERVICE } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';
import { readCsv } from '../support/read-csv.ts';
import { RunningConsole } from '../support/running-console.ts';
import { entriesOf } from '../support/verbs/record.ts';

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

const PERIOD = 'from=2026-11-01&to=2026-12-01';
const figure = (measure: string, query = PERIOD) => `/oversight/figures/${measure}.csv?${query}`;
const numbers = (page: { wordsOfEach: (selector: string) => readonly string[] }) =>
  page.wordsOfEach('.mash-numbers__one a, .mash-numbers__one > span:first-child');

describe('the overview', () => {
  it('says that there is nothing where nothing was received', async () => {
    const { page } = await console.visitedBy(hub.manager, '/oversight');
    expect([page.status, page.heading]).toEqual([200, 'Overview']);
    expect(page.text).toContain('Nothing is overdue now. No referral of this month is due yet.');
    expect(page.text).toContain('Nothing is overdue.');
    expect(page.text).toContain('Not yet recomputed from the record: that happens each night.');
    expect(page.under('What we do not know')).toMatch(/^Nothing that the service could find/);
  });

  it('names what is overdue, since when and by how much, and leads to its rows and to the referral', async () => {
    const late = await hub.submit(aFracturedToddler());
    await hub.submit(aFamilyShortOfMoney());
    await hub.claims(hub.socialWorker, late);
    await hub.moveTo('2026-11-23T16:00');
    const visitor = await console.visitedBy(hub.manager, '/oversight');
    const { page } = visitor;
    expect(numbers(page).slice(0, 2)).toEqual(['1 overdue now, 1 child', '2 open']);
    expect(page.text).toContain('1 referral about 1 child is overdue now.');
    const [row] = page.rowsOf('Overdue now');
    expect([row![0], row!.at(-1)]).toEqual(['Red', 'Sol Worker']);
    expect(row![2]).toMatch(/^\d+ hours?( \d+ minutes?)? since .*2pm/);
    expect(page.attributes('href')).toContain(`/referrals/${late}`);
    await visitor.open(
      page.attributes('href').find((href) => href.startsWith('/oversight/figures/overdue-hours/rows'))!,
    );
    expect(visitor.page.rowsOf('Child-hours overdue').map(([reference]) => reference)).toEqual([late]);
  });

  it('of another day says how the hub stood then, and so do its rows', async () => {
    const first = await hub.submit(aRoutineAmber());
    await hub.moveTo('2026-11-25T10:00');
    await hub.decides(hub.socialWorker, first);
    await hub.submit(aPoorAttender());
    const visitor = await console.visitedBy(hub.manager, '/oversight');
    expect(numbers(visitor.page)[1]).toBe('1 open');
    await visitor.press('Show that day', { 'How the hub stood at the end of another day': '2026-11-24' });
    expect(visitor.page.path).toBe('/oversight?day=2026-11-24');
    expect(visitor.page.text).toContain('As at midnight on Wednesday 25 November 2026');
    expect(visitor.page.text).toContain('This is how the hub stood then.');
    expect(numbers(visitor.page)[1]).toBe('1 open');
    await visitor.open(visitor.page.attributes('href').find((href) => href.includes('/open-by-age/rows'))!);
    expect(visitor.page.rowsOf('Open referrals').map(([reference]) => reference)).toEqual([first]);
    await visitor.open('/oversight?day=2026-11-22');
    expect(numbers(visitor.page)[1]).toBe('0 open');
  });

  it.each([
    'day=2026-02-30',
    'day=tomorrow',
    'asOf=2026-11-23',
    'asOf=now',
    'day=2026-11-22&day=2026-11-21',
    'day=0000-01-01',
    'asOf=0000-01-01T00:00:00Z',
  ])('says that it does not understand %s', async (query) => {
    const { page } = await console.visitedBy(hub.manager, `/oversight?${query}`);
    expect(page.status).toBe(422);
    expect(page.text).toContain('The address of this figure is not understood');
  });

  it('says that its figures are not to be relied on when a second reckoning differed', async () => {
    await hub.aFigureDiffered();
    const { page } = await console.visitedBy(hub.manager, '/oversight');
    expect(page.wordsOfEach('.mash-wrong').join()).toContain(
      '1 figure of 1 differs. Do not rely on the figures until the people who run the service have found out why.',
    );
  });

  it('says what no figure shows: alerts that no person answered, and days that are not closed', async () => {
    await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T11:00');
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-24T10:00');
    await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
    await hub.moveTo('2026-11-27T10:00');
    const { page } = await console.visitedBy(hub.manager, '/oversight');
    const unknown = page.under('What we do not know');
    expect(unknown).toContain('had no answer within 15 minutes');
    expect(unknown).toContain('3 days are not closed: the last closed one is Monday 23 November 2026');
  });
});

const OF_FIGURES = [
  ...['/oversight', '/oversight/promptness', '/oversight/flow', '/oversight/decisions', '/oversight/safety'],
  ...['/oversight/agencies', '/oversight/equity', '/oversight/definitions'],
  ...[figure('received'), `/oversight/figures/received/rows?${PERIOD}`, `/oversight/figures/received/rows.csv?${PERIOD}`],
]; // prettier-ignore

describe('pages of figures', () => {
  it.each(['manager', 'auditor'] as const)('are there for a %s, with nothing received and with something', async (who) => {
    const visitor = await console.visitedBy(hub[who], '/oversight');
    const statuses = async () => Promise.all(OF_FIGURES.map(async (path) => [path, (await visitor.get(path)).status]));
    const fine = OF_FIGURES.map((path) => [path, 200]);
    expect(await statuses()).toEqual(fine);
    await hub.submit(aPoorAttender());
    expect(await statuses()).toEqual(fine);
  }); // prettier-ignore

  it('lead an auditor nowhere that an auditor may not go', async () => {
    const reference = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T16:00');
    await hub.fireDue.execute();
    const auditor = await console.visitedBy(hub.auditor, '/oversight');
    const hrefs = [...new Set(auditor.page.attributes('href'))].filter((href) => /^\/(?!assets|sign-out)/.test(href));
    expect(hrefs).toContain(`/referrals/${reference}`);
    expect(auditor.page.rowsOf('Overdue now').map(([, who]) => who)).toEqual([reference]);
    for (const href of hrefs.filter((one) => !one.startsWith('/referrals/'))) {
      expect([href, (await auditor.get(href)).status < 400]).toEqual([href, true]);
    }
  });

  it.each(['screener', 'socialWorker'] as const)('Z4: do not exist for a %s, and the record says that they asked', async (who) => {
    const visitor = await console.visitedBy(hub[who]);
    for (const path of OF_FIGURES) expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
    const refused = await entriesOf(hub.database, 'access.refused');
    expect(refused.map(({ details }) => details['action'])).toEqual(['oversight:read', 'oversight:rows']);
  }); // prettier-ignore

  it('are on the record as read, a figure with its lines and its rows with their number', async () => {
    await hub.submit(aPoorAttender());
    await hub.submit(aRoutineAmber());
    const visitor = await console.visitedBy(hub.auditor, '/oversight/promptness');
    await visitor.get(figure('received', `${PERIOD}&by=rating`));
    await visitor.get(`/oversight/figures/received/rows.csv?${PERIOD}`);
    const pages = (await entriesOf(hub.database, 'oversight.read')).map(({ details }) => details['page']);
    expect(pages).toContain('promptness');
    expect((await entriesOf(hub.database, 'figure.read')).map(({ details }) => details)).toEqual([
      expect.objectContaining({ measure: 'received', by: 'rating', from: '2026-11-01', to: '2026-12-01', count: 3 }),
    ]);
    expect((await entriesOf(hub.database, 'figure-rows.read')).map(({ details }) => details)).toEqual([
      expect.objectContaining({ measure: 'received', by: null, count: 2 }),
    ]);
  });
});

describe('a figure as data', () => {
  const read = async (path: string, who: 'manager' | 'auditor' = 'manager') => {
    const visitor = await console.visitedBy(hub[who], '/preferences');
    return visitor.get(path);
  };

  it('has a line for each group by its code, and all', async () => {
    const quick = await hub.submit(aPoorAttender());
    await hub.submit(aFracturedToddler());
    await hub.submit(aFamilyShortOfMoney());
    await hub.decides(hub.socialWorker, quick);
    await hub.moveTo('2026-11-23T16:00');
    expect((await read(figure('decided-in-target', `${PERIOD}&by=rating`))).html).toBe(
      'group,numerator,denominator,notYetDue,value\r\nred,0,1,0,0\r\ngreen,1,1,1,100\r\nall,1,2,1,50\r\n',
    );
    expect((await read(figure('time-to-first-claimed'))).html).toBe(
      'group,numerator,denominator,notYetDue,median,p90,workingMedian,workingP90\r\nall,1,3,0,,,,\r\n',
    );
  });

  it('has the name of an agency beside its id', async () => {
    await hub.submit(aPoorAttender());
    await hub.everyAgencyIsCalled('=Loomgate, "School"');
    const rows = readCsv((await read(figure('received', `${PERIOD}&by=agency`))).html);
    expect(rows.map(({ group, numerator }) => [group, numerator])).toEqual([
      [hub.agency.agencyId, '1'],
      ['all', '1'],
    ]);
    expect(rows[0]!['name']).toBe('\'=Loomgate, "School"');
  });

  it('as of an instant that has passed has what was shown then', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.moveTo('2026-11-25T10:00');
    const address = (at: string) => figure('decided-in-one-working-day', `${PERIOD}&asOf=${at}`);
    const before = (await read(address('2026-11-25T10:00:00Z'))).html;
    expect(readCsv(before)).toEqual([{ group: 'all', numerator: '0', denominator: '1', notYetDue: '0', value: '0' }]);
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ minutes: 5 });
    expect((await read(address('2026-11-25T09:59:59Z'))).html).toBe(before);
    const [early] = readCsv((await read(address('2026-11-23T10:30:00%2B00:00'))).html);
    expect(early).toEqual({ group: 'all', numerator: '0', denominator: '0', notYetDue: '1', value: '' });
  });

  it('counts the days of London, the first and not the last', async () => {
    await hub.moveTo('2026-11-24T00:00');
    await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-24T23:59');
    await hub.submit(aPoorAttender());
    await hub.moveTo('2026-11-25T00:00');
    await hub.submit(aPoorAttender());
    const [all] = readCsv((await read(figure('received', 'from=2026-11-24&to=2026-11-25'))).html);
    expect(all!['numerator']).toBe('2');
  });

  it.each([
    ['from=2026-11-01', 'The address of this figure is not understood'],
    ['to=2026-11-01', 'The address of this figure is not understood'],
    ['from=2026-11-01&to=2026-11-01', 'The address of this figure is not understood'],
    ['from=2026-11-02&to=2026-11-01', 'The address of this figure is not understood'],
    ['from=2026-02-30&to=2026-11-01', 'The address of this figure is not understood'],
    ['from=20261101&to=2026-12-01', 'The address of this figure is not understood'],
    ['from[]=2026-11-01&to=2026-12-01', 'The address of this figure is not understood'],
    [`${PERIOD}&asOf=yesterday`, 'The address of this figure is not understood'],
    [`${PERIOD}&asOf=2026-11-22`, 'The address of this figure is not understood'],
    [`${PERIOD}&by=colour`, 'The address of this figure is not understood'],
    [`${PERIOD}&by=constructor`, 'The address of this figure is not understood'],
    [`${PERIOD}&by=rating&by=agency`, 'The address of this figure is not understood'],
    [`${PERIOD}&asOf=2100-11-22T10:00:00Z`, 'The figure cannot be as of an instant that is to come'],
    ['', 'This figure needs a period'],
    ['from=-271821-04-20&to=2026-12-01', 'The address of this figure is not understood'],
    ['from=0000-01-01&to=2026-12-01', 'The address of this figure is not understood'],
    ['from=2026-01-01&to=9999-12-31', 'The address of this figure is not understood'],
    [`${PERIOD}&asOf=0000-01-01T00:00:00Z`, 'The address of this figure is not understood'],
    ['from=2000-01-01&to=2100-12-31', null],
    [`${PERIOD}&asOf=2000-01-01T00:00:00Z`, null],
  ])('says what is wrong with ?%s', async (query, words) => {
    for (const path of [figure('received', query), `/oversight/figures/received/rows?${query}`]) {
      const page = await read(path);
      expect([path, page.status]).toEqual([path, words === null ? 200 : 422]);
      if (words !== null) expect(page.text).toContain(words);
    }
  });

  it.each(['no-such-measure', 'constructor', '..%2Freceived', '%00'])('is not there for the measure %s', async (id) => {
    for (const path of [figure(id), `/oversight/figures/${id}/rows?${PERIOD}`, `/oversight/figures/${id}/rows.csv?${PERIOD}`]) {
      expect([path, (await read(path)).status]).toEqual([path, 404]);
    }
  }); // prettier-ignore

  it('by person is there for a manager, and not for an auditor', async () => {
    await hub.decides(hub.socialWorker, await hub.submit(aPoorAttender()));
    const path = figure('decided-in-target', `${PERIOD}&by=decider`);
    expect(readCsv((await read(path)).html).map(({ name }) => name)).toEqual(['Sol Worker', 'all']);
    expect((await read(path, 'auditor')).status).toBe(404);
    for (const rows of ['rows', 'rows.csv']) {
      const asked = `/oversight/figures/decided-in-target/${rows}?${PERIOD}&by=decider`;
      expect([rows, (await read(asked, 'auditor')).status]).toEqual([rows, 404]);
    }
  });

  it('of what is open needs no period', async () => {
    await hub.submit(aPoorAttender());
    const rows = readCsv((await read(figure('open-by-age', 'by=open-age'))).html);
    expect(rows.map(({ group, numerator }) => [group, numerator])).toEqual([
      ['under_4_hours', '1'],
      ['all', '1'],
    ]);
  });
});
