import { numberIn, readAxis, readDrawing } from '../../../../../test/support/read-drawing.ts';
import { daysBetweenChart } from './days-between-chart.ts';

const chartOf = (...days: string[]) =>
  daysBetweenChart({
    about: {
      subject: 'Days between reds that were late',
      unit: { one: 'referral', many: 'referrals' },
      period: '12 months',
      asOf: '5:42pm on Wednesday 25 November 2026',
      csvHref: null,
      definitionHref: null,
    },
    event: 'a red was late',
    days,
    on: '2026-11-25',
  });

it.each([
  [['2026-10-15'], '41 days since a red was late', 'It happened once.'],
  [['2026-11-24'], '1 day since a red was late', 'It happened once.'],
  [['2026-11-25'], '0 days since a red was late', 'It happened once.'],
  [['2026-10-15', '2026-09-15', '2026-09-05'], '41 days since a red was late', 'Half of the times it came again within 20 days; the longest time was 30 days. The time since the last one is longer than each before.'],
  [['2026-11-20', '2026-09-15'], '5 days since a red was late', 'Half of the times it came again within 66 days; the longest time was 66 days.'],
  [[], 'No day on record on which a red was late', 'There is nothing to show.'],
])('says of %j: %s', (days, headline, says) => {
  expect(chartOf(...days)).toMatchObject({ headline, says });
}); // prettier-ignore

it('has a row for each time, in their order, and one for the time since', () => {
  expect(chartOf('2026-10-15', '2026-09-05').table.rows).toEqual([
    ['5 September 2026', '15 October 2026', '40'],
    ['15 October 2026', '25 November 2026, not yet again', '41'],
  ]);
});

it('draws each time at its days, and the time since hollow', () => {
  const chart = chartOf('2026-01-05', '2026-10-15', '2026-09-05', '2026-03-01');
  const { texts, at } = readDrawing(chart.svg);
  const daysAt = readAxis(texts.filter(({ words, x }) => /^\d+$/.test(words) && x < 60).map(({ y, words }) => ({ at: y, value: numberIn(words) }))); // prettier-ignore
  const marks = [...at('dot').slice(0, -1), ...at('open').slice(0, -1)];
  expect(marks.map(({ y }) => Math.round(daysAt(y)))).toEqual(chart.table.rows.map((row) => Number(row[2])));
});
