import { ALERT_MEASURES, MEASURES } from '#domain';
import { CloseDays } from '#oversight';
import { SERVICE } from '#store';
import { lasting, percent } from '../../apps/console/src/shell/charts/in-words.ts';
import { periodInWords } from '../../apps/console/src/shell/charts/periods.ts';
import { groupInWords } from '../../apps/console/src/shell/oversight/group-words.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { chartsOn, type ShownChart } from '../support/page/charts.ts';
import { makeSmallPast } from '../support/past/small-past.ts';
import { readCsv } from '../support/read-csv.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

/** Seven weeks of a small hub, up to a Monday, some of it still open. */
const BEGINS = '2026-10-05T00:00';
const ENDS = '2026-11-23T10:00';
const PERIOD = 'from=2026-10-01&to=2026-12-01';

let hub: Hub;
let console: RunningConsole;
let manager: Visitor;
beforeAll(async () => {
  hub = await createHub();
  await hub.moveTo(ENDS);
  await makeSmallPast(hub, hub.at(BEGINS));
  await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(CloseDays).handle(tx));
  console = await RunningConsole.start(hub);
  manager = await console.visitedBy(hub.manager, '/oversight');
}, 120_000);
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

type CsvLine = Readonly<Record<string, string>>;

async function csv(path: string): Promise<readonly CsvLine[]> {
  const answer = await manager.get(path);
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'text/csv; charset=utf-8']);
  return readCsv(answer.html);
}

const counted = (text: string | undefined) => Number(text!.replaceAll(',', ''));
/** The day of the clock of a chart, by the words of its subtitle: that of Monday the 23rd has so many open minutes. */
const ELAPSED = { minutes: 24 * 60, noun: { one: 'day', many: 'days' } };
const WORKING = { minutes: 510, noun: { one: 'working day', many: 'working days' } };
const reached = (minutes: string | undefined, day: typeof ELAPSED) =>
  minutes === '' ? 'Not reached' : lasting(Number(minutes), day);

/** What the row of a table must be by its line of the file; a row that no line is about counts nothing. */
function expectRow(chart: ShownChart, row: readonly string[], line: CsvLine | undefined, isElapsed: boolean): void {
  const cell = (column: string | RegExp) => row[chart.columns.findIndex((one) => one.match(column) !== null)];
  const { numerator = '0', denominator = '0', notYetDue = '0' } = line ?? {};
  if (chart.columns.includes('Half within')) {
    expect(counted(row[1])).toBe(Number(denominator));
    const [day, median, p90] = isElapsed
      ? [ELAPSED, line?.['median'], line?.['p90']]
      : [WORKING, line?.['workingMedian'], line?.['workingP90']];
    const none = denominator === '0';
    expect([cell('Half within'), cell('Nine in ten')]).toEqual(
      none ? ['None', 'None'] : [reached(median, day), reached(p90, day)],
    );
  } else if (chart.columns.includes('Share')) {
    expect([counted(row[1]), counted(row[2])]).toEqual([Number(numerator), Number(denominator)]);
    if (denominator !== '0') expect(cell('Share')).toBe(percent(Number(numerator) / Number(denominator)));
    if (chart.columns.includes('Not yet due')) expect(counted(cell('Not yet due'))).toBe(Number(notYetDue));
  } else expect(counted(row[1])).toBe(Number(chart.columns.includes('Ratio') ? denominator : numerator));
}

/** A chart's table has each figure of its file, and no other. */
async function expectTableOfFile(chart: ShownChart): Promise<void> {
  const address = new URL(chart.csvHref!, 'http://hub');
  const by = address.searchParams.get('by')!;
  const lines = (await csv(chart.csvHref!)).filter(({ group }) => group !== 'all');
  const name = ({ group, name: label }: CsvLine) =>
    by === 'month'
      ? capital(periodInWords(`${group}-01`, 'month'))
      : groupInWords(by, { group: group!, label: label ?? group! });
  const byName = new Map(lines.map((line) => [name(line), line]));
  const shown = new Set<string>();
  for (const row of chart.rows) {
    const label = row[0]!.replace(', not complete', '');
    shown.add(label);
    const isElapsed = chart.subtitle.includes('elapsed') && !(chart.subtitle.includes('opening') && label !== 'Red');
    expectRow(chart, row, byName.get(label), isElapsed);
  }
  const hidden = [...byName.keys()].filter((label) => !shown.has(label) && byName.get(label)!['denominator'] !== '0');
  expect([chart.headline, hidden]).toEqual([chart.headline, []]);
}
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

it.each(['', '/promptness', '/decisions', '/safety', '/agencies', '/equity', '/team'])(
  'each chart of /oversight%s has the figures of its file in its table',
  async (path) => {
    const page = await manager.open(`/oversight${path}`);
    const charts = chartsOn(page.html).filter(({ csvHref, rows }) => csvHref !== null && rows.length > 0);
    expect(charts.length).toBeGreaterThan(1);
    for (const chart of charts) {
      if (chart.columns.includes('Past the limit')) await expectAgesOfFile(chart);
      else if (chart.columns[0] === 'Hour') await expectHoursOfFile(chart);
      else await expectTableOfFile(chart);
    }
  },
  60_000,
);

/** The ages of open referrals: the file has a line for each age, and the table a column. */
async function expectAgesOfFile({ csvHref, columns, rows }: ShownChart): Promise<void> {
  const lines = await csv(csvHref!);
  const sumOf = (column: number) => rows.reduce((sum, row) => sum + counted(row[column]), 0);
  const all = lines.at(-1)!;
  expect(sumOf(columns.indexOf('All'))).toBe(Number(all['numerator']));
  expect(sumOf(columns.indexOf('Past the limit'))).toBe(Number(all['numerator']) - Number(all['notYetDue']));
  const ages = ['under_4_hours', '4_to_24_hours', '1_working_day', '2_working_days', '3_working_days', '4_to_5_working_days', 'over_5_working_days']; // prettier-ignore
  const found = ages.map((age) => Number(lines.find(({ group }) => group === age)?.['numerator'] ?? 0));
  expect(ages.map((_, at) => sumOf(at + 1))).toEqual(found);
}

async function expectHoursOfFile({ csvHref, rows }: ShownChart): Promise<void> {
  const lines = await csv(csvHref!);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const found = rows.map((_, hour) =>
    days.map((day) => {
      const line = lines.find(({ group }) => group === `${day} ${String(hour).padStart(2, '0')}`);
      return Number(line?.['numerator'] ?? 0);
    }),
  );
  expect(rows.map((row) => row.slice(1, 8).map(counted))).toEqual(found);
}

const EVERY = [...MEASURES, ...ALERT_MEASURES];

it.each(EVERY.map(({ id }) => id))('the figure %s is a file by rating, and its rows are as many as it counts', async (id) => {
  const measure = EVERY.find((one) => one.id === id)!;
  const isOfOpen = measure.kind === 'amount' && measure.isOfOpen;
  const query = `${isOfOpen ? '' : `${PERIOD}&`}by=rating`;
  const lines = await csv(`/oversight/figures/${id}.csv?${query}`);
  const [head] = (await manager.get(`/oversight/figures/${id}.csv?${query}`)).html.split('\r\n');
  const values = measure.kind === 'duration' ? 'median,p90,workingMedian,workingP90' : 'value';
  expect(head).toBe(`group,numerator,denominator,notYetDue,${values}`);
  const groups = lines.map(({ group }) => group);
  expect(groups).toEqual(['red', 'amber', 'green', 'all'].filter((group) => groups.includes(group)));
  const rows = await csv(`/oversight/figures/${id}/rows.csv?${query}`);
  const number = (group: string, column: string) => Number(lines.find((one) => one['group'] === group)![column]);
  const inBoth = (group: string) => number(group, 'denominator') + (measure.kind === 'share' ? number(group, 'notYetDue') : 0);
  expect(rows).toHaveLength(inBoth('all'));
  for (const group of groups.filter((one) => one !== 'all')) {
    expect([group, rows.filter(({ rating }) => rating === group).length]).toEqual([group, inBoth(group!)]);
  }
  const numerators = rows.filter(({ countedAs }) => ['met', 'ended'].includes(countedAs!)).length;
  if (measure.kind !== 'amount') expect(numerators).toBe(number('all', 'numerator'));
}, 60_000); // prettier-ignore

it('has a page of the rows behind a figure, page by page, that leads to each referral', async () => {
  const rows = await csv(`/oversight/figures/received/rows.csv?${PERIOD}`);
  expect(rows.length).toBeGreaterThan(100);
  await manager.open(`/oversight/figures/received/rows?${PERIOD}`);
  const references: string[] = [];
  for (;;) {
    const shown = manager.page.rowsOf('Referrals received').map(([reference]) => reference!);
    references.push(...shown);
    expect(shown.map((reference) => manager.page.link(reference))).toEqual(
      shown.map((reference) => `/referrals/${reference}`),
    );
    if (!manager.page.links().includes('Next page')) break;
    await manager.click('Next page');
  }
  expect(references).toEqual(rows.map(({ reference }) => reference));
  await manager.click('Previous page');
  expect(manager.page.text).toContain('page 1 of');
});
