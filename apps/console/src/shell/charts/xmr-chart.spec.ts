import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { xmrChart, type XmrChartData } from './xmr-chart.ts';

const about = {
  subject: 'Share of referrals decided within one working day, by month of receipt',
  unit: { one: 'referral', many: 'referrals' },
  period: 'November 2025 to November 2026',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
const monthsFrom = (month: string) => (at: number) => Temporal.PlainDate.from(month).add({ months: at }).toString();

/** Months from November 2025, each with 100 due. */
function ofMonths(numerators: readonly number[], others: Partial<XmrChartData> = {}) {
  const month = monthsFrom('2025-11-01');
  return xmrChart({
    about,
    did: 'decided within one working day',
    every: 'month',
    points: numerators.map((numerator, at) => ({ from: month(at), numerator, denominator: 100, notYetDue: 0 })),
    isLastComplete: true,
    rebasedAt: [],
    aim: null,
    better: 'more',
    ...others,
  });
}

const STEADY = [93, 94, 93, 94, 93, 94, 93, 94, 93, 94, 93, 94];

it.each([
  ['no change', STEADY, 'No change beyond chance in the share of referrals decided within one working day'],
  ['a fall that lasts', [...STEADY, 80, 81], 'Smaller share of referrals decided within one working day since November 2026 than chance explains'],
  ['a fall of one month', [...STEADY, 80, 94], 'Smaller share of referrals decided within one working day in November 2026 than chance explains'],
  ['a fall of two months', [...STEADY, 80, 81, 94], 'Smaller share of referrals decided within one working day in November 2026 and December 2026 than chance explains'],
  ['a fall of three months', [...STEADY, 80, 81, 80, 94], 'Smaller share of referrals decided within one working day from November 2026 to January 2027 than chance explains'],
  ['a rise', [...STEADY, 100], 'Larger share of referrals decided within one working day in November 2026 than chance explains'],
  ['a fall, then a rise', [...STEADY, 80, 100], 'Larger share of referrals decided within one working day in December 2026 than chance explains'],
  ['few months', [93, 94, 80], 'Too few months to tell change from chance in referrals decided within one working day'],
])('has a headline that says %s', (_, numerators, headline) => {
  expect(ofMonths(numerators).headline).toBe(headline);
}); // prettier-ignore

it('says more and fewer of what is counted by the week', () => {
  const points = [...STEADY, 60].map((numerator, at) => ({
    from: Temporal.PlainDate.from('2026-08-03').add({ weeks: at }).toString(),
    numerator,
    denominator: null,
    notYetDue: 0,
  }));
  const chart = ofMonths([], { points, every: 'week', did: 'received', better: null });
  expect(chart.headline).toBe('Fewer referrals received in the week of 26 October 2026 than chance explains');
  expect(chart.says).toBe(
    'The week of 26 October 2026: 60 referrals received. More than chance explains: lower in the week of 26 October 2026.',
  );
  expect(readDrawing(chart.svg).texts.map(({ words }) => words)).toContain('lower than chance explains');
});

it.each([
  ['counts near nothing have only an upper limit', [3, 0, 4, 1, 5, 0, 3], null, 1],
  ['counts far from nothing have both limits', [93, 94, 93, 94, 93, 94, 93], null, 2],
  ['shares near all have only a lower limit', [99, 100, 98, 100, 99, 100, 99], 100, 1],
])('draws no limit that no value can pass, and no axis beyond: %s', (_, numerators, denominator, count) => {
  const points = numerators.map((numerator, at) => ({
    from: monthsFrom('2025-11-01')(at),
    numerator,
    denominator,
    notYetDue: 0,
  }));
  const { texts, at } = readDrawing(ofMonths([], { points }).svg);
  const words = texts.map((one) => one.words);
  expect([at('limit').length, words.filter((word) => word === 'limit').length]).toEqual([count, count]);
  expect(words.filter((word) => /^-|^10[1-9]|^1[1-9]\d%/.test(word))).toEqual([]);
});

it('says the last figures, what is not yet due, and what becomes of the aim', () => {
  const month = monthsFrom('2025-11-01');
  const points = STEADY.map((numerator, at) => ({ from: month(at), numerator, denominator: 100, notYetDue: 0 }));
  const last = { from: month(12), numerator: 81, denominator: 94, notYetDue: 3 };
  const chart = ofMonths([], { points: [...points, last], isLastComplete: false, aim: 0.95 });
  expect(chart.says).toBe(
    'November 2026 so far: 81 of 94 referrals (86.2%) decided within one working day; 3 not yet due. ' +
      'No change beyond chance since November 2025. The limits are on trial, because they come from fewer than 13 points. ' +
      'The aim of 95% will be met in some months and not in others.',
  );
  expect(chart.table.rows.at(-1)).toEqual(['November 2026, not complete', '81', '94', '86.2%', '3', 'Not complete']);
});

it.each([
  [0.99, 'The aim of 99% will not be met as things are.'],
  [0.9, 'The aim of 90% will be met in each month as things are.'],
])('says of an aim of %d: %s', (aim, words) => {
  expect(ofMonths([...STEADY, 93], { aim }).says).toContain(words);
});

it('says by shape and word on which side of chance a point lies', () => {
  const chart = ofMonths([...STEADY, 80, 100, 93]);
  expect(chart.table.rows.slice(-3).map((row) => row.at(-1))).toEqual([
    'Lower: outside the limits',
    'Higher: outside the limits',
    'As chance explains',
  ]);
  const words = readDrawing(chart.svg).texts.map((text) => text.words);
  expect(words).toEqual(expect.arrayContaining(['better than chance explains', 'worse than chance explains']));
  const less = readDrawing(ofMonths([...STEADY, 80], { better: 'less' }).svg).texts.map((text) => text.words);
  expect(less).toContain('better than chance explains');
  expect(less).not.toContain('worse than chance explains');
});

it.each(['wide', 'narrow'] as const)('draws each point of the %s drawing at the value of its row', (size) => {
  const chart = ofMonths([91, 99, 88, 93, 97, 90, 94, 92, 95, 89, 96, 93, 70, 98], { isLastComplete: false });
  const { texts, at } = readDrawing(chart.svg, size);
  const valueOf = readAxis(texts.filter(({ words }) => words.endsWith('%')).map(({ y, words }) => ({ at: y, value: numberIn(words) }))); // prettier-ignore
  const points = [...at('dot'), ...at('signal'), ...at('good'), ...at('open')]
    .filter(({ y }) => y < 210)
    .sort((a, b) => a.x - b.x);
  expect(points.map(({ y }) => Math.round(valueOf(y) * 100))).toEqual(chart.table.rows.map((row) => Number(row[1])));
});

it('leaves out a month in which none was due, and keeps its row', () => {
  const month = monthsFrom('2025-11-01');
  const points = [90, 0, 92].map((numerator, at) => ({ from: month(at), numerator, denominator: at === 1 ? 0 : 100, notYetDue: 0 })); // prettier-ignore
  const chart = ofMonths([], { points });
  expect(chart.table.rows[1]).toEqual(['December 2025', '0', '0', 'None due', '0', '']);
  expect(readDrawing(chart.svg).at('dot')).toHaveLength(2);
});

it('begins a new baseline with the first value from the day on which a person rebased it', () => {
  const month = monthsFrom('2025-11-01');
  const points = [...STEADY, 0, ...STEADY.map((numerator) => numerator - 40), 54].map((numerator, at) => ({ from: month(at), numerator, denominator: at === 12 ? 0 : 100, notYetDue: 0 })); // prettier-ignore
  expect(ofMonths([], { points }).says).toContain('More than chance explains: lower since December 2026.');
  expect(ofMonths([], { points, rebasedAt: [month(12)] }).headline).toContain('No change beyond chance');
});

it('draws what is more than all, and less than none, within the axis', () => {
  const chart = ofMonths([100, 99, 100, 99, 100, 99, 100, 99, 100, 99, 100, 99, 100]);
  expect(
    readDrawing(chart.svg)
      .paths.flatMap(({ points }) => points)
      .filter(({ y }) => y < 0),
  ).toEqual([]);
  expect(chart.table.rows.map((row) => row.at(-1))).not.toContain('Higher: outside the limits');
});

it('says that nothing came in a period without points', () => {
  expect(ofMonths([])).toMatchObject({ headline: 'No referrals in this period', svg: '', table: { rows: [] } });
});
