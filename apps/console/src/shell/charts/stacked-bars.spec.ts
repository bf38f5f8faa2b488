import { readDrawing } from '../../../../../test/support/read-drawing.ts';
import { stackedBars } from './stacked-bars.ts';

const about = {
  subject: 'Open referrals by age',
  unit: { one: 'referral', many: 'referrals' },
  period: 'Now',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
const chartOf = (rows: Readonly<Record<string, readonly number[]>>, lateFrom = 1, oldest: string | null = null) =>
  stackedBars({
    about,
    group: { one: 'rating', many: 'ratings' },
    bands: ['under 4 h', '4 to 24 h', 'over 5 working days'],
    rows: Object.entries(rows).map(([label, counts]) => ({ label, cells: counts.map((count, at) => ({ count, late: at >= lateFrom ? count : 0 })) })),
    oldest,
  }); // prettier-ignore

it.each([
  [{ Red: [6, 1, 0] }, '1 of 7 referrals is past its limit'],
  [{ Red: [6, 1, 0], Amber: [0, 2, 3] }, '6 of 12 referrals are past their limit'],
  [{ Red: [6, 0, 0] }, 'None of 6 referrals is past its limit'],
  [{ Red: [0, 6, 1] }, 'All 7 referrals are past their limit'],
  [{ Red: [0, 1, 0] }, '1 of 1 referral is past its limit'],
  [{ Red: [0, 0, 0] }, 'No referrals in this period'],
  [{}, 'No referrals in this period'],
])('has a headline for %j', (rows, headline) => {
  expect(chartOf(rows).headline).toBe(headline);
});

it('says how many there are in each row, how many are late, and the oldest', () => {
  expect(chartOf({ Red: [6, 1, 0], Amber: [1200, 0, 0] }, 1, 'the oldest red is 4 h 41 old').says).toBe(
    '1,207 referrals: Red 7 and Amber 1,200. Past the limit: Red 1. The oldest red is 4 h 41 old.',
  );
});

it('has every count and its sums in its table', () => {
  expect(chartOf({ Red: [6, 1, 2] }).table.rows).toEqual([['Red', '6', '1', '2', '9', '3']]);
});

it('counts and draws apart those of one band that are past their limit', () => {
  const chart = stackedBars({
    ...{ about, group: { one: 'rating', many: 'ratings' }, bands: ['under 4 h'], oldest: null },
    rows: [{ label: 'Red', cells: [{ count: 3, late: 1 }] }],
  });
  expect([chart.headline, chart.table.rows]).toEqual(['1 of 3 referrals is past its limit', [['Red', '3', '3', '1']]]);
  const words = readDrawing(chart.svg, 'wide').texts.map((text) => text.words);
  expect(words).toEqual(expect.arrayContaining(['under 4 h: 2', 'under 4 h, late: 1']));
});

it.each(['wide', 'narrow'] as const)(
  'says each count with its band in the %s drawing, in or beneath its bar',
  (size) => {
    const { texts } = readDrawing(chartOf({ Red: [300, 1, 0], Amber: [0, 0, 2] }).svg, size);
    const words = texts.flatMap((text) => text.words.split(' · ')).filter((text) => text.includes(':'));
    expect(words).toEqual(['under 4 h: 300', '4 to 24 h, late: 1', 'over 5 working days, late: 2']);
  },
);

it('draws bars whose lengths are as their counts, none too short for its number, the longest as long as the room', () => {
  const [wide] = chartOf({ Red: [60, 30, 0], Amber: [30, 0, 1] }).svg.split('</svg>');
  const widths = [...wide!.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, , width]) => Number(width) + 2); // prettier-ignore
  expect(widths[0]! / widths[1]!).toBeCloseTo(2, 1);
  expect(widths[2]! / widths[1]!).toBeCloseTo(1, 1);
  expect(widths[3]).toBeGreaterThan(14);
  const huge = chartOf({ Red: [1_000_000, 1, 1] }).svg.split('</svg>')[0]!;
  const ends = [...huge.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)].map(([, x, width]) => Number(x) + Number(width)); // prettier-ignore
  expect(ends.at(-1)).toBeLessThanOrEqual(600);
  expect(ends.at(-1)).toBeGreaterThan(590);
});
