import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { funnelChart } from './funnel-chart.ts';

const about = {
  subject: 'Share decided within one working day, by agency',
  unit: { one: 'referral', many: 'referrals' },
  period: '12 months',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
type Group = readonly [label: string, numerator: number, denominator: number];
const chartOf = (...groups: Group[]) =>
  funnelChart({
    about,
    group: { one: 'agency', many: 'agencies' },
    did: 'decided within one working day',
    groups: groups.map(([label, numerator, denominator]) => ({ label, numerator, denominator })),
  });
const USUAL: Group[] = [['Police', 450, 500], ['Health', 270, 300], ['Zoe School', 36, 40]]; // prettier-ignore

it.each([
  [USUAL, 'None of 3 agencies lies outside what chance explains'],
  [[...USUAL, ['A School', 20, 40]], '1 of 4 agencies lies outside what chance explains'],
  [[...USUAL, ['A School', 20, 40], ['B School', 10, 30]], '2 of 5 agencies lie outside what chance explains'],
  [[['Police', 3, 4]], 'One agency alone cannot be compared'],
  [[['Police', 0, 0]], 'No referrals in this period'],
  [[], 'No referrals in this period'],
] as [Group[], string][])('has a headline for %j', (groups, headline) => {
  expect(chartOf(...groups).headline).toBe(headline);
});

it('names who lies outside, and how many chance alone would put between the limits', () => {
  expect(chartOf(...USUAL, ['A School', 20, 40]).says).toBe(
    'Of all referrals, 88.2% were decided within one working day. Outside: A School (50% of 40). ' +
      'None lies between the 95% and the 99.8% limits, where chance alone would put about 0 of 4 agencies.',
  );
});

it('has its table in the order of names, not of shares', () => {
  expect(chartOf(...USUAL, ['A School', 20, 40], ['None', 0, 0]).table.rows).toEqual([
    ['A School', '20', '40', '50%', 'Lower: outside the 99.8% limits'],
    ['Health', '270', '300', '90%', 'As chance explains'],
    ['None', '0', '0', 'None', ''],
    ['Police', '450', '500', '90%', 'As chance explains'],
    ['Zoe School', '36', '40', '90%', 'As chance explains'],
  ]);
});

it('keeps two groups of one name apart', () => {
  const rows = chartOf(['Police', 450, 500], ['Police', 20, 40]).table.rows;
  expect(rows.map((row) => row.slice(1, 4))).toEqual([['450', '500', '90%'], ['20', '40', '50%']]); // prettier-ignore
});

it.each(['wide', 'narrow'] as const)('draws each group of the %s drawing at its share and its number', (size) => {
  const chart = chartOf(...USUAL, ['A School', 20, 40]);
  const { texts, at } = readDrawing(chart.svg, size);
  const shares = texts.filter(({ words, x }) => words.endsWith('%') && x < 60);
  const shareAt = readAxis(shares.map(({ y, words }) => ({ at: y, value: numberIn(words) })));
  const foot = Math.max(...shares.map(({ y }) => y));
  const sizes = texts.filter(({ words, y }) => /^\d+$/.test(words) && y > foot && y < foot + 40);
  const sizeAt = readAxis(sizes.map(({ x, words }) => ({ at: x, value: numberIn(words) })));
  const drawn = [...at('open'), ...at('signal')].filter(({ y }) => y < foot + 5).map(({ x, y }) => `${Math.round(sizeAt(x) / 10) * 10} ${Math.round(shareAt(y) * 20) * 5}%`); // prettier-ignore
  expect(drawn.sort()).toEqual(chart.table.rows.map((row) => `${row[2]!} ${row[3]!}`).sort());
});

it('gives each name outside its number, both in the drawing', () => {
  const { texts } = readDrawing(chartOf(...USUAL, ['A School', 20, 40]).svg);
  const words = texts.map((text) => text.words);
  expect(words).toEqual(expect.arrayContaining(['1', '1 A School', 'lower, outside 99.8% limits']));
});
