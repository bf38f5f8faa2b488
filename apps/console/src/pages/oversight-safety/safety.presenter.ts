import { instantInWords } from '#domain';
import type { ThirteenMonths } from '#oversight';
import type { Chart } from '../../shell/charts/chart.ts';
import { paretoChart } from '../../shell/charts/pareto-chart.ts';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { REFERRAL } from '../../shell/oversight/nouns.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { limitsIn } from '../../shell/oversight/limits.ts';
import { revisionsIn } from '../../shell/oversight/revisions.ts';
import { shareByMonth } from '../../shell/oversight/share-charts.ts';

export const CHARTS: readonly ChartOfMonths[] = [
  shareByMonth('decided-in-target'),
  shareByMonth('lowered-then-in-time'),
  shareByMonth('came-back-worse'),
  shareByMonth('came-back'),
  shareByMonth('repeat-contacts'),
  shareByMonth('taken-back'),
];

export function presentSafety(months: ThirteenMonths, families: readonly number[]) {
  return {
    proof: proofOf(months),
    lead: 'Speed is worth nothing if children come back worse. Read these together: what was in time, what was in time only because it was lowered, and what came back.',
    charts: [...drawCharts(CHARTS, months), familiesChart(families, months)],
    limits: limitsIn(CHARTS, months),
    revisions: revisionsIn(CHARTS, months),
  };
}

/** Families that made more than one referral in twelve months. @param families how many each made */
function familiesChart(families: readonly number[], { asOf, timeZone }: ThirteenMonths): Chart {
  return paretoChart({
    about: {
      subject: 'Referrals of families that made more than one in twelve months',
      unit: REFERRAL,
      period: 'The last twelve months',
      asOf: instantInWords(asOf, timeZone),
      csvHref: null,
      definitionHref: '/oversight/definitions#families',
    },
    part: { one: 'family', many: 'families' },
    counts: families,
  });
}
