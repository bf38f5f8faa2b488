import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { stepsChart } from './steps-chart.ts';

const about = {
  subject: 'Received, decided and open',
  unit: { one: 'referral', many: 'referrals' },
  period: 'Autumn',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
/** Weeks from 2 November 2026: received, decided, open at the end. */
const chartOf = (points: readonly (readonly [number, number, number])[], isLastComplete = true) =>
  stepsChart({
    about,
    every: 'week',
    points: points.map(([received, decided, open], at) => ({ from: Temporal.PlainDate.from('2026-11-02').add({ weeks: at }).toString(), received, decided, open })),
    isLastComplete,
  }); // prettier-ignore

it.each([
  [[20, 8, 30], '12 more referrals received than decided in the week of 2 November 2026'],
  [[9, 8, 30], '1 more referral received than decided in the week of 2 November 2026'],
  [[8, 9, 30], '1 more referral decided than received in the week of 2 November 2026'],
  [[8, 8, 30], 'As many referrals received as decided in the week of 2 November 2026'],
] as const)('has a headline for %j', (point, headline) => {
  expect(chartOf([point]).headline).toBe(headline);
});

it('says what came, what was decided, and how what is open changed', () => {
  expect(chartOf([[8, 8, 30], [20, 8, 42]], false).says).toBe('The week of 9 November 2026 so far: 20 referrals received, 8 decided. 42 are open, 12 more than before.');
  expect(chartOf([[8, 8, 30], [8, 9, 29]]).says).toContain('29 are open, 1 fewer than before.');
  expect(chartOf([[8, 8, 30], [8, 8, 30]]).says).toContain('30 are open, as many as before.');
  expect(chartOf([[8, 8, 1]]).says).toContain('1 is open.');
}); // prettier-ignore

it('draws each point at the figures of its row', () => {
  const chart = chartOf([[8, 6, 30], [20, 8, 42], [3, 25, 20]]); // prettier-ignore
  const { texts, at, paths } = readDrawing(chart.svg);
  const title = texts.find(({ words }) => words === 'Open at the end')!.y;
  const numbers = texts.filter(({ words, x }) => /^[\d,]+$/.test(words) && x < 100);
  const axis = (isOpen: boolean) => readAxis(numbers.filter(({ y }) => y > title === isOpen && y < 270).map(({ y, words }) => ({ at: y, value: numberIn(words) }))); // prettier-ignore
  expect(at('dot').map(({ y }) => Math.round(axis(false)(y)))).toEqual(chart.table.rows.map((row) => Number(row[1])));
  expect(at('open').map(({ y }) => Math.round(axis(false)(y)))).toEqual(chart.table.rows.map((row) => Number(row[2])));
  const steps = paths.filter(({ look }) => look === 'series').at(-1)!.points.map(({ y }) => Math.round(axis(true)(y))); // prettier-ignore
  expect([...new Set(steps)]).toEqual(chart.table.rows.map((row) => Number(row[3])));
});

it('says that nothing came where there is no period', () => {
  expect(chartOf([])).toMatchObject({ headline: 'No referrals in this period', svg: '' });
});
