import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { paretoChart } from './pareto-chart.ts';

const chartOf = (...counts: number[]) =>
  paretoChart({
    about: {
      subject: 'Repeat contacts by family',
      unit: { one: 'repeat contact', many: 'repeat contacts' },
      period: '12 months',
      asOf: '5:42pm on Wednesday 25 November 2026',
      csvHref: null,
      definitionHref: null,
    },
    part: { one: 'family', many: 'families' },
    counts,
  });

it('says which share of families made half', () => {
  const chart = chartOf(9, ...Array.from({ length: 9 }, () => 1));
  expect(chart.headline).toBe('10% of families made half of the repeat contacts');
  expect(chart.says).toBe('1 family of 10 made 50% of 18 repeat contacts. The most that one family made is 9.');
});

it('has a row for the families with as many each, with running shares', () => {
  expect(chartOf(1, 4, 1, 2, 2, 0).table.rows).toEqual([
    ['4', '1', '4', '20%', '40%'],
    ['2', '2', '4', '60%', '80%'],
    ['1', '2', '2', '100%', '100%'],
  ]);
});

it('draws the running shares of its table, and where half is reached', () => {
  const chart = chartOf(1, 4, 1, 2, 2);
  const { texts, paths, at } = readDrawing(chart.svg);
  const percents = texts.filter(({ words }) => words.endsWith('%'));
  const [left, foot] = [Math.min(...percents.map(({ x }) => x)), Math.max(...percents.map(({ y }) => y))];
  const allAt = readAxis(percents.filter(({ x }) => x === left).map(({ y, words }) => ({ at: y, value: numberIn(words) }))); // prettier-ignore
  const partsAt = readAxis(percents.filter(({ y }) => y === foot).map(({ x, words }) => ({ at: x, value: numberIn(words) }))); // prettier-ignore
  const series = paths.find(({ look }) => look === 'series')!.points.slice(1);
  expect(series.map(({ x, y }) => `${Math.round(partsAt(x) * 100)}% ${Math.round(allAt(y) * 100)}%`)).toEqual(
    chart.table.rows.map((row) => `${row[3]!} ${row[4]!}`),
  );
  const [half] = at('signal');
  expect([partsAt(half!.x), allAt(half!.y)].map((share) => share.toFixed(2))).toEqual(['0.40', '0.60']);
});

it('says that nothing came where no family has any', () => {
  expect(chartOf(0, 0)).toMatchObject({ headline: 'No repeat contacts in this period', svg: '' });
});
