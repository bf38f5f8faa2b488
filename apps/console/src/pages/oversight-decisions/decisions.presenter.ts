import type { ThirteenMonths } from '#oversight';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { limitsIn } from '../../shell/oversight/limits.ts';
import { revisionsIn } from '../../shell/oversight/revisions.ts';
import { shareByMonth } from '../../shell/oversight/share-charts.ts';

export const CHARTS: readonly ChartOfMonths[] = [
  shareByMonth('progressed-to-referral'),
  shareByMonth('no-further-action-of-contacts'),
  shareByMonth('no-further-action-of-referrals'),
  shareByMonth('overrides'),
  {
    ...{ draw: 'funnel', by: 'rule', group: { one: 'rule', many: 'rules' } },
    measure: 'overrides',
    subject: 'Suggested ratings that the first person changed, by rating rule',
    did: 'rated otherwise than suggested',
  },
  shareByMonth('lowered-then-in-time'),
  shareByMonth('sign-off'),
  {
    ...{ draw: 'spread by month', clock: 'working' },
    measure: 'time-to-sign-off',
    subject: 'Time from decision to sign-off, by opening hours',
    did: 'signed off',
  },
  shareByMonth('returned-at-sign-off'),
  shareByMonth('taken-back'),
  shareByMonth('late-without-reason'),
  shareByMonth('childs-voice'),
  // The others on this page are of decided referrals alone.
  shareByMonth('decided-in-one-working-day'),
];

export function presentDecisions(months: ThirteenMonths) {
  return {
    proof: proofOf(months),
    lead: 'What becomes of referrals. No further action is counted two ways, which are never mixed: of all contacts, and of those that were called a referral in DfE’s sense.',
    charts: drawCharts(CHARTS, months),
    limits: limitsIn(CHARTS, months),
    revisions: revisionsIn(CHARTS, months),
  };
}
