import { measureOf, type FigureToCount } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { MonthCharts } from '../../shell/oversight/month-charts.ts';
import { standingOf } from '../../shell/oversight/reckoning.ts';

/** The figures of the page, in the order in which its charts name them. */
export const FIGURES: readonly FigureToCount[] = [
  { measure: measureOf('decided-in-one-working-day')!, by: 'agency' },
  { measure: measureOf('time-to-decision')!, by: 'agency' },
  { measure: measureOf('completeness')!, by: 'agency' },
  { measure: measureOf('threshold-agreement')!, by: 'agency' },
  { measure: measureOf('no-further-action-of-contacts')!, by: 'agency' },
  { measure: measureOf('out-of-hours')!, by: 'agency' },
];

const AGENCY = { one: 'agency', many: 'agencies' };

export function presentAgencies(months: ThirteenMonths) {
  const charts = new MonthCharts(months);
  return {
    standing: standingOf(months),
    lead: 'Each agency against what chance explains. A small agency may lie far from the others by chance alone: only those outside the lines differ. This is no league.',
    charts: [
      charts.funnel(
        0,
        {
          measure: 'decided-in-one-working-day',
          subject: 'Share of each agency’s referrals decided within one working day',
          did: 'decided within one working day',
        },
        'agency',
        AGENCY,
      ),
      charts.spreadByGroup(
        1,
        {
          measure: 'time-to-decision',
          subject: 'Time to decision of each agency’s referrals, by opening hours',
          did: 'decided',
        },
        'agency',
        AGENCY,
        'working',
      ),
      charts.funnel(
        2,
        {
          measure: 'completeness',
          subject: 'Share of each agency’s referrals that tell what they should of every child',
          did: 'complete',
        },
        'agency',
        AGENCY,
      ),
      charts.funnel(
        3,
        {
          measure: 'threshold-agreement',
          subject: 'Share of each agency’s referrals whose level of need was the decided one',
          did: 'decided at the sender’s level',
        },
        'agency',
        AGENCY,
      ),
      charts.funnel(
        4,
        {
          measure: 'no-further-action-of-contacts',
          subject: 'Share of each agency’s contacts that ended with no further action',
          did: 'ended with no further action',
        },
        'agency',
        AGENCY,
      ),
      charts.funnel(
        5,
        {
          measure: 'out-of-hours',
          subject: 'Share of each agency’s referrals that came while the front door was shut',
          did: 'received out of hours',
        },
        'agency',
        AGENCY,
      ),
    ],
  };
}
