import { measureOf, type FigureToCount } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { MonthCharts } from '../../shell/oversight/month-charts.ts';
import { standingOf } from '../../shell/oversight/reckoning.ts';

/** The figures of the page, in the order in which its charts name them. */
export const FIGURES: readonly FigureToCount[] = [
  { measure: measureOf('progressed-to-referral')!, by: null },
  { measure: measureOf('no-further-action-of-contacts')!, by: null },
  { measure: measureOf('no-further-action-of-referrals')!, by: null },
  { measure: measureOf('overrides')!, by: null },
  { measure: measureOf('overrides')!, by: 'rule' },
  { measure: measureOf('lowered-then-in-time')!, by: null },
  { measure: measureOf('sign-off')!, by: null },
  { measure: measureOf('time-to-sign-off')!, by: null },
  { measure: measureOf('returned-at-sign-off')!, by: null },
  { measure: measureOf('taken-back')!, by: null },
  { measure: measureOf('late-without-reason')!, by: null },
  { measure: measureOf('childs-voice')!, by: null },
  { measure: measureOf('decided-in-one-working-day')!, by: null },
];

export function presentDecisions(months: ThirteenMonths) {
  const charts = new MonthCharts(months);
  return {
    standing: standingOf(months),
    lead: 'What becomes of referrals. No further action is counted two ways, which are never mixed: of all contacts, and of those that were called a referral in DfE’s sense.',
    charts: [
      charts.xmr(0, {
        measure: 'progressed-to-referral',
        subject: 'Share of contacts that became a referral, by month of receipt',
        did: 'called a referral',
      }),
      charts.xmr(1, {
        measure: 'no-further-action-of-contacts',
        subject: 'Share of all contacts that ended with no further action. England: 23 %',
        did: 'ended with no further action',
      }),
      charts.xmr(2, {
        measure: 'no-further-action-of-referrals',
        subject: 'Share of referrals in DfE’s sense with no further action. England: 6.5 %',
        did: 'recorded with no further action',
      }),
      charts.xmr(3, {
        measure: 'overrides',
        subject: 'Share of suggested ratings that the first person changed',
        did: 'rated otherwise than suggested',
      }),
      charts.funnel(
        4,
        {
          measure: 'overrides',
          subject: 'Suggested ratings that the first person changed, by rating rule',
          did: 'rated otherwise than suggested',
        },
        'rule',
        { one: 'rule', many: 'rules' },
      ),
      charts.xmr(5, {
        measure: 'lowered-then-in-time',
        subject: 'Share of decisions in time that were so only because the rating was lowered',
        did: 'in time only by lowering',
        better: 'less',
      }),
      charts.xmr(6, {
        measure: 'sign-off',
        subject: 'Share of decisions that need sign-off',
        did: 'decided with need of sign-off',
      }),
      charts.spreadByMonth(
        7,
        { measure: 'time-to-sign-off', subject: 'Time from decision to sign-off, by opening hours', did: 'signed off' },
        'working',
      ),
      charts.xmr(8, {
        measure: 'returned-at-sign-off',
        subject: 'Share of decisions needing sign-off that were returned',
        did: 'returned',
      }),
      charts.xmr(9, {
        measure: 'taken-back',
        subject: 'Share of decided referrals of which a decision was taken back',
        did: 'taken back',
      }),
      charts.xmr(10, {
        measure: 'late-without-reason',
        subject: 'Share of late decisions that give no reason',
        did: 'late without a reason',
        better: 'less',
      }),
      charts.xmr(11, {
        measure: 'childs-voice',
        subject: 'Share of decisions that record what the child said',
        did: 'decided with the child’s voice',
        better: 'more',
      }),
      charts.xmr(12, {
        measure: 'decided-in-one-working-day',
        subject: 'Share of referrals decided within one working day: the others on this page are of decided ones alone',
        did: 'decided within one working day',
        better: 'more',
        aim: 0.95,
      }),
    ],
  };
}
