import { load } from 'cheerio';
import { heatTable } from './heat-table.ts';

const about = {
  subject: 'Received by hour and weekday',
  unit: { one: 'referral', many: 'referrals' },
  period: 'November 2026',
  asOf: '5:42pm on Wednesday 25 November 2026',
  csvHref: null,
  definitionHref: null,
};
/** An hour for each `[hour, day, count]`; the others have none. */
function chartOf(...counts: (readonly [hour: number, day: number, count: number])[]) {
  const hours = Array.from({ length: 24 }, () => Array.from({ length: 7 }, () => 0));
  for (const [hour, day, count] of counts) hours[hour]![day] = count;
  return heatTable({ about, did: 'received', hours });
}

it.each([
  [[[9, 0, 12], [10, 0, 11]], 'The busiest hour is 9am on a Monday'],
  [[[0, 6, 1]], 'The busiest hour is midnight on a Sunday'],
  [[[12, 2, 1]], 'The busiest hour is midday on a Wednesday'],
  [[[9, 0, 12], [17, 4, 12]], '2 hours of the week are equally busy'],
  [[], 'No referrals in this period'],
] as const)('has a headline for %j', (counts, headline) => {
  expect(chartOf(...counts).headline).toBe(headline);
}); // prettier-ignore

it('says the busiest hour and day', () => {
  expect(chartOf([9, 0, 12], [18, 0, 3], [10, 4, 5]).says).toBe(
    '12 referrals received in the busiest hour, of 20. Monday has 75% of the week; the hours from 9am to 5pm have 85% of the day. ' +
      'The darker an hour, the more; a frame marks the busiest.',
  );
});

it('shows in its cells the figures of its table, and shades them', () => {
  const chart = chartOf([9, 0, 1234], [18, 3, 300]);
  const page = load(chart.svg);
  const shown = page('tbody tr').toArray().map((row) => page(row).find('th, td').toArray().map((cell) => page(cell).text())); // prettier-ignore
  expect(shown).toEqual(chart.table.rows.map((row) => row.slice(0, -1)));
  expect(chart.table.rows[9]!.at(-1)).toBe('1,234');
  expect(page('.heat-4').text()).toBe('1,234');
  expect(page('.heat-1').text()).toBe('300');
});
