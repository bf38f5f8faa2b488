import { unzipSync } from 'fflate';
import papaparse from 'papaparse';
import { CloseDays, MakeEvidence } from '#oversight';
import { JobRunner } from '#jobs';
import { createLogger } from '#platform';
import { SERVICE, sql } from '#store';
import { addStaff } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { handlersOf } from '../support/job-handlers.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { jobsOf } from '../support/verbs/jobs.ts';
import type { Visitor } from '../support/visitor.ts';

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

const PAGE = '/oversight/evidence';
const MAKE = 'Make the evidence pack';
const FOR_INSPECTORS = { 'Who is it for?': 'For the inspectorate' };
const FOR_PUBLICATION = { 'Who is it for?': 'For publication' };

/** What the worker does. */
async function workerRuns() {
  await jobsOf(hub.database).makeEveryJobDue();
  const handlers = handlersOf({
    'make-evidence': (payload, tx) => hub.whole.get(MakeEvidence).handle(payload, tx),
  });
  await new JobRunner(hub.database, handlers, createLogger('worker', 'silent')).runDue(20);
}

/** November has an amber that was decided late and a red that nobody decided; it is closed in the middle of December. */
async function november() {
  const late = await hub.submit(aRoutineAmber());
  const open = await hub.submit(aBruisedBaby());
  await hub.moveTo('2026-11-26T15:00');
  await hub.decides(hub.manager, late, { lateReason: 'volume_of_referrals' });
  await hub.moveTo('2026-12-14T02:00');
  await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
  await hub.moveTo('2026-12-14T10:00');
  return { late, open };
}

/** The files of the archive that a link of the page leads to, each as its rows. */
async function archiveOf(visitor: Visitor) {
  const url = new URL(visitor.page.link('Download as CSV files in one archive'), visitor.page.url);
  const response = await fetch(url, { headers: { Cookie: visitor.cookieHeader } });
  const bytes = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const files = new Map(
    Object.entries(bytes).map(([name, content]) => {
      const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(content);
      return [name, papaparse.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data];
    }),
  );
  return { status: response.status, headers: response.headers, files };
}

it('one press makes the pack of the last complete month, without a script, and its page says how far it is', async () => {
  const { late, open } = await november();
  const visitor = await console.visitedBy(hub.manager, PAGE);
  expect(visitor.page.heading).toBe('Evidence');
  expect(visitor.page.text).toContain('There is none.');
  await visitor.press(MAKE, FOR_INSPECTORS);
  expect(visitor.page.heading).toBe('Evidence of November 2026');
  expect(visitor.page.text).toContain('Waiting. Asked for');
  await workerRuns();
  await visitor.click('Look again');
  const { page } = visitor;
  expect([page.status, page.heading]).toEqual([200, 'Evidence of November 2026']);
  expect(page.text).toContain('As at 2am on Monday 14 December 2026. Policy 1, calendar 1.');
  expect(page.under('Proof of recomputation')).toMatch(/once: \d+ comparisons, 0 differences.* 8 of 30 days/);
  expect(page.rowsOf('Decided within the limit of its rating')).toEqual([
    ['November 2026', '0 of 1 (0%)', '0 of 1 (0%)', 'None', '0 of 2 (0%)'],
  ]);
  expect(page.rowsOf('Late decisions')).toEqual([expect.arrayContaining([late, 'Amber', 'Volume of referrals'])]);
  expect(page.rowsOf('Overdue at 2am on Monday 14 December 2026, whenever received')).toEqual([
    expect.arrayContaining([open, 'Red', 'Open']),
  ]);
  expect(page.headings()).toEqual(
    expect.arrayContaining(['Charts', 'Figures', 'Lists', 'Samples', 'Definitions', 'Decided within one working day']),
  );
  expect(page.rowsOf('Time to decision')[0]![2]).toBe(
    'Opening hours: half within 3 working days 5 h, nine in ten within 3 working days 5 h. Elapsed: half within 3 days 5 h, nine in ten within 3 days 5 h. Ended: 1 of 1.',
  );
  expect(page.html).toContain('<svg');
  // Nothing came before November: no chart says that this was less than chance explains.
  expect(page.text).not.toContain('October 2026');
  await visitor.click('Evidence packs');
  expect(visitor.page.rowsOf('Evidence packs')).toEqual([
    ['November 2026', 'For the inspectorate', '10am today by Mel Manager', 'Ready. Kept until 10am tomorrow'],
  ]);
});

it('E1, E3: the archive has the document as files that another program reads, and says the same', async () => {
  const { late, open } = await november();
  const asker = await addStaff(hub.database, 'manager', [], '=1+1');
  const visitor = await console.visitedBy(asker, PAGE);
  await visitor.press(MAKE, FOR_INSPECTORS);
  await workerRuns();
  await visitor.click('Look again');
  const { status, headers, files } = await archiveOf(visitor);
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
    ...[200, 'application/zip'],
    'attachment; filename=evidence-inspectorate-2026-11-to-2026-11.zip',
  ]);
  expect([...files.keys()]).toEqual([
    ...['about.csv', 'definitions.csv', 'figures.csv', 'late-decisions.csv', 'lowered-then-in-time.csv', 'overdue.csv'],
    ...['alerts-not-answered.csv', 'samples.csv', 'sample-agreement.csv', 'recomputation.csv'],
    ...['record-verification.csv', 'record-checkpoint.csv', 'recomputation-differences.csv'],
  ]);
  // A spreadsheet does not run it.
  expect(files.get('about.csv')).toContainEqual({ what: 'askedBy', value: "'=1+1" });
  expect(files.get('late-decisions.csv')).toEqual([expect.objectContaining({ reference: late, rating: 'amber' })]);
  expect(files.get('overdue.csv')).toEqual([expect.objectContaining({ reference: open, effectiveAt: '' })]);
  const figure = files
    .get('figures.csv')!
    .find(({ month, measure, group }) => `${month} ${measure} ${group}` === '2026-11 decided-in-target all');
  expect(figure).toMatchObject({ numerator: '0', denominator: '2', notYetDue: '0', value: '0' });
  expect(files.get('definitions.csv')!.find(({ measure }) => measure === 'decided-in-target')!['title']).toBe(
    'Decided within the limit of its rating',
  );
  const { page } = await console.visitedBy(hub.auditor, '/oversight/record?kind=looked&from=2026-12-14&to=2026-12-15');
  expect(page.text).toMatch(/Took an evidence pack away as files.*for the inspectorate, 2026-11, \d+ lines/);
});

it('a pack for publication leaves with no small number and no reference', async () => {
  const { late, open } = await november();
  const visitor = await console.visitedBy(hub.auditor, PAGE);
  await visitor.press(MAKE, FOR_PUBLICATION);
  await workerRuns();
  await visitor.click('Look again');
  const { page } = visitor;
  expect(page.rowsOf('Decided within the limit of its rating')).toEqual([
    ['November 2026', '0 of c (c)', '0 of c (c)', 'None', '0 of c (c)'].map((one) => one.replace(' (c)', '')),
  ]);
  expect(page.text).toContain('not drawn, because a number in it is hidden.');
  expect(page.headings()).not.toContain('Lists');
  const { files } = await archiveOf(visitor);
  expect([...files.keys()]).toEqual([
    ...['about.csv', 'definitions.csv', 'figures.csv', 'samples.csv', 'recomputation.csv'],
    ...['record-verification.csv', 'record-checkpoint.csv'],
  ]);
  for (const reference of [late, open]) {
    expect(page.html).not.toContain(reference);
    expect(JSON.stringify([...files])).not.toContain(reference);
  }
  const numbers = files.get('figures.csv')!.flatMap((row) => {
    const { month: _, asOf: __, measure: ___, group: ____, ...counts } = row;
    return Object.values(counts);
  });
  expect(new Set(numbers)).toEqual(new Set(['0', 'c', 'z', '']));
});

it('months that cannot be published are refused with what to do, and the form keeps its answers', async () => {
  await november();
  const visitor = await console.visitedBy(hub.manager, PAGE);
  const choice = { 'First month': 'October 2026', ...FOR_PUBLICATION };
  await visitor.press(MAKE, choice);
  expect(visitor.page.status).toBe(409);
  expect(visitor.page.text).toContain('These months cannot be published yet');
  expect(visitor.page.html).toContain('<option value="2026-10" selected>');
  await visitor.press(MAKE, {
    'First month': 'December 2026, so far',
    'Last month': 'November 2026',
    ...FOR_INSPECTORS,
  });
  expect([visitor.page.status, visitor.page.text]).toEqual([
    409,
    expect.stringContaining('These months cannot be in an evidence pack'),
  ]);
  expect(await hub.database.as(SERVICE).rows(sql`SELECT 1 FROM evidence_pack`)).toEqual([]);
});

it('nothing is chosen for whom it is', async () => {
  const visitor = await console.visitedBy(hub.manager, PAGE);
  await visitor.press(MAKE);
  expect([visitor.page.status, visitor.page.text]).toEqual([422, expect.stringContaining('Select who it is for')]);
});

it('a pack that cannot be made says so, and what to do', async () => {
  const visitor = await console.visitedBy(hub.manager, PAGE);
  await visitor.press(MAKE, FOR_INSPECTORS);
  await hub.database.as(SERVICE).run(sql`ALTER TABLE recomputation RENAME TO away`);
  try {
    await workerRuns();
    await visitor.click('Look again');
    expect(visitor.page.text).toContain('Failed after 4 of 6 parts; it is tried again');
    expect(visitor.page.text).toContain('tell the people who run the service');
    await workerRuns();
    await workerRuns();
  } finally {
    await hub.database.as(SERVICE).run(sql`ALTER TABLE away RENAME TO recomputation`);
  }
  await visitor.click('Look again');
  expect(visitor.page.text).toContain('the people who run the service are told');
});

it('E4: evidence is not there for who does not oversee', async () => {
  await november();
  const manager = await console.visitedBy(hub.manager, PAGE);
  await manager.press(MAKE, FOR_INSPECTORS);
  await workerRuns();
  const at = manager.page.path;
  for (const person of [hub.socialWorker, hub.screener]) {
    const visitor = await console.visitedBy(person);
    for (const path of [PAGE, at, `${at}.zip`]) expect((await visitor.get(path)).status).toBe(404);
  }
});
