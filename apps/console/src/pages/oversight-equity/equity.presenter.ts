import type { ThirteenMonths } from '#oversight';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { limitsIn } from '../../shell/oversight/limits.ts';
import { revisionsIn } from '../../shell/oversight/revisions.ts';

/** What children differ by, and what a group of them is. */
const GROUPS = [
  { by: 'ethnicity', group: { one: 'ethnic group', many: 'ethnic groups' }, words: 'by ethnic group' },
  { by: 'disability', group: { one: 'group', many: 'groups' }, words: 'by disability' },
  { by: 'child-age', group: { one: 'age', many: 'ages' }, words: 'by age' },
] as const;

export const CHARTS: readonly ChartOfMonths[] = GROUPS.flatMap(({ by, group, words }): readonly ChartOfMonths[] => [
  {
    ...{ draw: 'ratio', by, group },
    measure: 'decided-in-one-working-day',
    subject: `Share decided within one working day, against all others, ${words}`,
    did: 'the share decided within one working day',
  },
  {
    ...{ draw: 'spread', clock: 'working', by, group },
    measure: 'time-to-decision',
    subject: `Time to decision by opening hours, ${words}`,
    did: 'decided',
  },
]);

export function presentEquity(months: ThirteenMonths) {
  return {
    proof: proofOf(months),
    lead: 'Whether some children wait longer than others. A referral counts in each group that a child of it belongs to. Where a line crosses 1, the numbers are too few to say.',
    charts: drawCharts(CHARTS, months),
    limits: limitsIn(CHARTS, months),
    revisions: revisionsIn(CHARTS, months),
  };
}
