import { readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { spreadChart, type SpreadChartRow } from './spread-chart.ts';

const about = {
  subject: 'Time to decision',
  unit: { one: 'referral', many: 'referrals' },
  period: 'November 2026',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
const row = (label: string, median: number | null, p90: number | null, limit: number | null, count = 10): SpreadChartRow => ({ label, count, median, p90, limit }); // prettier-ignore
const DATA = {
  ...{ about, did: 'decided', group: { one: 'rating', many: 'ratings' } },
  day: { minutes: 510, noun: { one: 'working day', many: 'working days' } },
};
const chartOf = (...rows: SpreadChartRow[]) => spreadChart({ ...DATA, rows });

it.each([
  [[row('Red', 130, 230, 240)], 'Nine in ten referrals are decided within the limit in every rating'],
  [[row('Red', 130, 240, 240), row('Amber', 130, 511, 510)], 'More than one in ten referrals take longer than the limit: Amber'],
  [[row('Red', 130, 241, 240), row('Amber', 130, null, 510)], 'More than one in ten referrals take longer than the limit: Red and Amber'],
  [[row('Red', 241, 300, 240), row('Amber', 130, 600, 510)], 'More than half of the referrals take longer than the limit: Red'],
  [[row('Red', null, null, 240)], 'More than half of the referrals take longer than the limit: Red'],
  [['A', 'B', 'C', 'D', 'E'].map((label) => row(label, 10, label === 'E' ? 20 : 300, 240)), 'More than one in ten referrals take longer than the limit: 4 of 5 ratings'],
  [[row('Red', 130, 230, null)], 'Nine in ten referrals are decided within 3 h 50'],
  [[row('Red', 130, 230, null), row('Amber', 1, 1020, null)], 'The slowest rating is Amber: nine in ten of 10 referrals are decided within 2 working days'],
  [[row('Red', 130, null, null)], 'Nine in ten referrals are not yet decided'],
  [[row('Red', null, null, null, 0)], 'No referrals in this period'],
])('has a headline for %j', (rows, headline) => {
  expect(chartOf(...rows).headline).toBe(headline);
}); // prettier-ignore

it('says how long half and nine in ten take, and the limit', () => {
  expect(chartOf(row('Red', 130, 230, 240)).says).toBe('Red: half within 2 h 10; nine in ten within 3 h 50; the limit is 4 h.');
  expect(chartOf(row('Red', 130, null, 240)).says).toBe('Red: half within 2 h 10; nine in ten are not yet decided; the limit is 4 h.');
  expect(chartOf(row('Red', null, null, null)).says).toBe('Red: half are not yet decided.');
}); // prettier-ignore

it('says of many months the last one', () => {
  const rows = ['A', 'B', 'C', 'D', 'E'].map((label) => row(label, 10, 20, null));
  const { says } = spreadChart({ ...DATA, group: { one: 'month', many: 'months' }, rows });
  expect(says).toBe('E: half within 10 min; nine in ten within 20 min.');
});

it('says of many groups the three slowest, and calls none slow for fewer than ten referrals', () => {
  const p90s = { A: 20, B: 50, C: null, D: 40, E: 30 };
  const rows = Object.entries(p90s).map(([label, p90]) => row(label, 10, p90, null));
  const one = row('F', 10, null, null, 9);
  const { headline, says } = chartOf(...rows, one);
  expect(headline).toBe('The slowest rating is C: nine in ten of 10 referrals are not yet decided');
  expect(says.match(/[A-F]: /g)).toEqual(['C: ', 'B: ', 'D: ']);
  expect(chartOf(one, row('G', 1, 2, null, 9)).headline).toBe('Too few referrals in each rating to compare');
  const five = ['A', 'B', 'C', 'D', 'E'].map((label) => row(label, 1, 2, null, 9));
  expect(chartOf(...five).says).toBe('Each rating has fewer than 10 referrals.');
});

it('has each length of time in its table, and what is not reached', () => {
  expect(chartOf(row('Red', 130, null, 240), row('Green', null, null, null, 0)).table).toEqual({
    columns: ['Rating', ...['Referrals', 'Half within', 'Nine in ten within', 'Limit'].map((text) => ({ text, isNumber: true }))],
    rows: [['Red', '10', '2 h 10', 'Not reached', '4 h'], ['Green', '0', 'None', 'None', 'None']],
  });
}); // prettier-ignore

const MINUTES: Readonly<Record<string, number>> = { '30 min': 30, '1 h': 60, '2 h': 120, '4 h': 240, '8 h': 480, '1 working day': 510, '2 working days': 1020, '3 working days': 1530 }; // prettier-ignore

it('draws each dot at the median, each bar to the 90th percentile and each line at the limit', () => {
  const rows = [row('Red', 72, 201, 240), row('Amber', 390, 700, 510), row('Green', 900, 1480, 1530)];
  const { texts, at, paths } = readDrawing(chartOf(...rows).svg);
  const ticks = texts.filter(({ words }) => words in MINUTES);
  const lines = paths.filter(({ look }) => look === 'grid').map(({ points }) => points[0]!.x);
  // The words of the last tick may stand beside its line.
  const nearest = (x: number) => lines.reduce((one, other) => (Math.abs(other - x) < Math.abs(one - x) ? other : one));
  const minutesAt = readAxis(ticks.map(({ x, words }) => ({ at: nearest(x), value: MINUTES[words]! })), true); // prettier-ignore
  const close = (found: number[], wanted: number[]) => found.forEach((value, index) => expect(value / wanted[index]!).toBeCloseTo(1, 1)); // prettier-ignore
  expect(ticks.length).toBeGreaterThan(2);
  close(at('dot').map(({ x }) => minutesAt(x)), [72, 390, 900]); // prettier-ignore
  close(at('bound').map(({ x }) => minutesAt(x)), [240, 510, 1530]); // prettier-ignore
  const bars = [...chartOf(...rows).svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].slice(0, 3);
  close(bars.map(([, x, width]) => minutesAt(Number(x) + Number(width))), [201, 700, 1480]); // prettier-ignore
});

it('draws a bar that leaves the drawing where nine in ten are not decided', () => {
  const { texts, paths } = readDrawing(chartOf(row('Red', 72, null, 240), row('Amber', null, null, 510)).svg);
  expect(paths.filter(({ look }) => look === 'late')).toHaveLength(1);
  expect(texts.map(({ words }) => words)).toContain('half not reached');
});
