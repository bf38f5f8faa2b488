import type { ThirteenMonths } from '#oversight';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { RATING } from '../../shell/oversight/nouns.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { limitsIn } from '../../shell/oversight/limits.ts';
import { revisionsIn } from '../../shell/oversight/revisions.ts';
import { shareByMonth } from '../../shell/oversight/share-charts.ts';

export const CHARTS: readonly ChartOfMonths[] = [
  shareByMonth('decided-in-one-working-day'),
  shareByMonth('decided-in-target'),
  shareByMonth('lowered-then-in-time'),
  shareByMonth('taken-back'),
  {
    ...{ draw: 'spread by month', clock: 'working' },
    measure: 'time-to-decision',
    subject: 'Time to decision by opening hours, by month of receipt',
    did: 'decided',
  },
  {
    ...{ draw: 'spread', clock: 'elapsed', by: 'rating', group: RATING },
    measure: 'time-to-decision',
    subject: 'Time to decision by elapsed time, by rating',
    did: 'decided',
  },
  shareByMonth('red-claimed-in-time'),
  shareByMonth('long-tail'),
  {
    ...{ draw: 'spread by month', clock: 'working' },
    measure: 'time-to-first-claimed',
    subject: 'Time until a person first picks a referral up, by opening hours',
    did: 'picked up',
  },
  { draw: 'heat', measure: 'received', subject: 'Referrals received, by hour and weekday', did: 'received' },
  {
    ...{ draw: 'spread', clock: 'working', by: 'channel', group: { one: 'channel', many: 'channels' } },
    measure: 'time-to-decision',
    subject: 'Time to decision by opening hours, by channel',
    did: 'decided',
  },
  {
    ...{ draw: 'spread', clock: 'working', by: 'agency', group: { one: 'agency', many: 'agencies' } },
    measure: 'time-to-decision',
    subject: 'Time to decision by opening hours, by agency',
    did: 'decided',
  },
  {
    ...{ draw: 'spread', clock: 'working', by: 'concern', group: { one: 'concern', many: 'concerns' } },
    measure: 'time-to-decision',
    subject: 'Time to decision by opening hours, by concern',
    did: 'decided',
  },
];

export function presentPromptness(months: ThirteenMonths) {
  return {
    proof: proofOf(months),
    lead: 'How long referrals wait for their decision. Months are those in which the referrals came; who still waits is counted. Beside each share stands how many are not yet due.',
    charts: drawCharts(CHARTS, months),
    limits: limitsIn(CHARTS, months),
    revisions: revisionsIn(CHARTS, months),
  };
}
