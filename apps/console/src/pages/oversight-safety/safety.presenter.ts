import { instantInWords, measureOf, type FigureToCount } from '#domain';
import type { ThirteenMonths } from '#oversight';
import type { Chart } from '../../shell/charts/chart.ts';
import { paretoChart } from '../../shell/charts/pareto-chart.ts';
import { MonthCharts } from '../../shell/oversight/month-charts.ts';
import { standingOf } from '../../shell/oversight/reckoning.ts';

/** The figures of the page, in the order in which its charts name them. */
export const FIGURES: readonly FigureToCount[] = [
  { measure: measureOf('decided-in-target')!, by: null },
  { measure: measureOf('lowered-then-in-time')!, by: null },
  { measure: measureOf('came-back-worse')!, by: null },
  { measure: measureOf('came-back')!, by: null },
  { measure: measureOf('repeat-contacts')!, by: null },
  { measure: measureOf('taken-back')!, by: null },
];

export function presentSafety(months: ThirteenMonths, families: readonly number[]) {
  const charts = new MonthCharts(months);
  return {
    standing: standingOf(months),
    lead: 'Speed is worth nothing if children come back worse. Read these together: what was in time, what was in time only because it was lowered, and what came back.',
    charts: [
      charts.xmr(0, {
        measure: 'decided-in-target',
        subject: 'Share of referrals decided within the limit of their rating, by month of receipt',
        did: 'decided within their limit',
        better: 'more',
      }),
      charts.xmr(1, {
        measure: 'lowered-then-in-time',
        subject: 'Share of decisions in time that were so only because the rating was lowered',
        did: 'in time only by lowering',
        better: 'less',
      }),
      charts.xmr(2, {
        measure: 'came-back-worse',
        subject:
          'Share of referrals closed without action whose child came back worse within 90 days, by month of receipt',
        did: 'came back worse',
        better: 'less',
      }),
      charts.xmr(3, {
        measure: 'came-back',
        subject: 'Share of referrals closed without action whose child came back within 90 days, by month of receipt',
        did: 'came back',
        better: 'less',
      }),
      charts.xmr(4, {
        measure: 'repeat-contacts',
        subject: 'Share of referrals that are the third or a later one of a child in twelve months',
        did: 'came for the third time or more',
        better: 'less',
      }),
      charts.xmr(5, {
        measure: 'taken-back',
        subject: 'Share of decided referrals of which a decision was taken back',
        did: 'taken back',
      }),
      familiesChart(families, months),
    ],
  };
}

/** Families that made more than one referral in twelve months. @param families how many each made */
function familiesChart(families: readonly number[], { asOf, timeZone }: ThirteenMonths): Chart {
  return paretoChart({
    about: {
      subject: 'Referrals of families that made more than one in twelve months',
      unit: { one: 'referral', many: 'referrals' },
      period: 'The last twelve months',
      asOf: instantInWords(asOf, timeZone),
      csvHref: null,
      definitionHref: '/oversight/definitions#families',
    },
    part: { one: 'family', many: 'families' },
    counts: families,
  });
}
