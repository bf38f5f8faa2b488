import { measureOf, type FigureToCount } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { MonthCharts } from '../../shell/oversight/month-charts.ts';
import { standingOf } from '../../shell/oversight/reckoning.ts';

/** The figures of the page, in the order in which its charts name them. */
export const FIGURES: readonly FigureToCount[] = [
  { measure: measureOf('decided-in-one-working-day')!, by: 'ethnicity' },
  { measure: measureOf('time-to-decision')!, by: 'ethnicity' },
  { measure: measureOf('decided-in-one-working-day')!, by: 'disability' },
  { measure: measureOf('time-to-decision')!, by: 'disability' },
  { measure: measureOf('decided-in-one-working-day')!, by: 'child-age' },
  { measure: measureOf('time-to-decision')!, by: 'child-age' },
];

export function presentEquity(months: ThirteenMonths) {
  const charts = new MonthCharts(months);
  return {
    standing: standingOf(months),
    lead: 'Whether some children wait longer than others. A referral counts in each group that a child of it belongs to. Where a line crosses 1, the numbers are too few to say.',
    charts: [
      charts.ratio(
        0,
        {
          measure: 'decided-in-one-working-day',
          subject: 'Share decided within one working day, against all others, by ethnic group',
          did: 'the share decided within one working day',
        },
        'ethnicity',
        { one: 'ethnic group', many: 'ethnic groups' },
      ),
      charts.spreadByGroup(
        1,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by ethnic group', did: 'decided' },
        'ethnicity',
        { one: 'ethnic group', many: 'ethnic groups' },
        'working',
      ),
      charts.ratio(
        2,
        {
          measure: 'decided-in-one-working-day',
          subject: 'Share decided within one working day, against all others, by disability',
          did: 'the share decided within one working day',
        },
        'disability',
        { one: 'group', many: 'groups' },
      ),
      charts.spreadByGroup(
        3,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by disability', did: 'decided' },
        'disability',
        { one: 'group', many: 'groups' },
        'working',
      ),
      charts.ratio(
        4,
        {
          measure: 'decided-in-one-working-day',
          subject: 'Share decided within one working day, against all others, by age',
          did: 'the share decided within one working day',
        },
        'child-age',
        { one: 'age', many: 'ages' },
      ),
      charts.spreadByGroup(
        5,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by age', did: 'decided' },
        'child-age',
        { one: 'age', many: 'ages' },
        'working',
      ),
    ],
  };
}
