import type { ThirteenMonths } from '#oversight';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { limitsIn } from '../../shell/oversight/limits.ts';
import { revisionsIn } from '../../shell/oversight/revisions.ts';

const AGENCY = { one: 'agency', many: 'agencies' };

export const CHARTS: readonly ChartOfMonths[] = [
  {
    ...{ draw: 'funnel', by: 'agency', group: AGENCY },
    measure: 'decided-in-one-working-day',
    subject: 'Share of each agency’s referrals decided within one working day',
    did: 'decided within one working day',
  },
  {
    ...{ draw: 'spread', clock: 'working', by: 'agency', group: AGENCY },
    measure: 'time-to-decision',
    subject: 'Time to decision of each agency’s referrals, by opening hours',
    did: 'decided',
  },
  {
    ...{ draw: 'funnel', by: 'agency', group: AGENCY },
    measure: 'completeness',
    subject: 'Share of each agency’s referrals that tell what they should of every child',
    did: 'complete',
  },
  {
    ...{ draw: 'funnel', by: 'agency', group: AGENCY },
    measure: 'threshold-agreement',
    subject: 'Share of each agency’s referrals whose level of need was the decided one',
    did: 'decided at the sender’s level',
  },
  {
    ...{ draw: 'funnel', by: 'agency', group: AGENCY },
    measure: 'no-further-action-of-contacts',
    subject: 'Share of each agency’s contacts that ended with no further action',
    did: 'ended with no further action',
  },
  {
    ...{ draw: 'funnel', by: 'agency', group: AGENCY },
    measure: 'out-of-hours',
    subject: 'Share of each agency’s referrals that came while the front door was shut',
    did: 'received out of hours',
  },
];

export function presentAgencies(months: ThirteenMonths) {
  return {
    proof: proofOf(months),
    lead: 'Each agency against what chance explains. A small agency may lie far from the others by chance alone: only those outside the lines differ. This is no league.',
    charts: drawCharts(CHARTS, months),
    limits: limitsIn(CHARTS, months),
    revisions: revisionsIn(CHARTS, months),
  };
}
