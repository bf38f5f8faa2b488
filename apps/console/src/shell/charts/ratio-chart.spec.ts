import { shareRatio } from '#domain';
import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { ratioChart } from './ratio-chart.ts';

type Group = readonly [label: string, count: number, children: number];
const chartOf = (...groups: Group[]) =>
  ratioChart({
    about: {
      subject: 'Referrals by ethnic group',
      unit: { one: 'child', many: 'children' },
      period: '12 months',
      asOf: '5:42pm on Wednesday 25 November 2026',
      csvHref: null,
      definitionHref: null,
    },
    group: { one: 'group', many: 'groups' },
    of: 'referrals for each 10,000 children',
    comparedWith: 'all other children',
    rows: groups.map(([label, numerator, denominator]) => ({
      label,
      count: numerator,
      ratio: shareRatio({ numerator, denominator }, { numerator: 1000, denominator: 100_000 }),
    })),
  });
const MORE: Group = ['Group A', 200, 10_000];
const LESS: Group = ['Group B', 50, 10_000];
const FEW: Group = ['Group C', 2, 100];
const NONE: Group = ['Group D', 0, 100];

it.each([
  [[MORE, LESS, FEW], '2 of 3 groups differ by more than chance in referrals for each 10,000 children'],
  [[MORE, FEW], '1 of 2 groups differs by more than chance in referrals for each 10,000 children'],
  [[FEW, NONE], 'None of 2 groups differs by more than chance in referrals for each 10,000 children'],
  [[], 'No children in this period'],
])('has a headline for %j', (groups, headline) => {
  expect(chartOf(...groups).headline).toBe(headline);
});

it('says who differs and how far, and of whom the numbers are too few to say', () => {
  expect(chartOf(MORE, LESS, FEW, NONE).says).toBe(
    'Group A: 2.0 times as many as all other children; Group B: 0.50 times as many as all other children. ' +
      'Too few to say: Group C and Group D.',
  );
});

it('has each ratio with its interval in its table', () => {
  expect(chartOf(MORE, LESS, FEW, NONE).table.rows).toEqual([
    ['Group A', '200', '2.0', '1.7', '2.3', 'More often'],
    ['Group B', '50', '0.50', '0.38', '0.66', 'Less often'],
    ['Group C', '2', '2.0', '0.55', '7.0', 'Too few to say'],
    ['Group D', '0', 'None', 'None', 'None', 'Too few to say'],
  ]);
});

it('draws each ratio and its interval where its row says, hollow where they are too few to say', () => {
  const { texts, at, paths } = readDrawing(chartOf(MORE, LESS, FEW).svg);
  const ratioAt = readAxis(texts.filter(({ words }) => /^[\d.]+$/.test(words)).map(({ x, words }) => ({ at: x, value: numberIn(words) })), true); // prettier-ignore
  const dots = at('dot').slice(0, 2).map(({ x }) => ratioAt(x).toPrecision(2)); // prettier-ignore
  const intervals = paths.filter(({ look }) => look === 'interval').map(({ points }) => points.map(({ x }) => ratioAt(x))); // prettier-ignore
  expect(dots).toEqual(['2.0', '0.50']);
  expect(ratioAt(at('open')[0]!.x)).toBeCloseTo(2, 1);
  expect(intervals.map(([lower, upper]) => `${lower!.toPrecision(2)} ${upper!.toPrecision(2)}`)).toEqual(['1.7 2.3', '0.38 0.66', '0.55 7.0']); // prettier-ignore
});
