import { measureOf, type FigureToCount } from '#domain';
import type { ThirteenMonths } from '#oversight';
import { MonthCharts } from '../../shell/oversight/month-charts.ts';
import { standingOf } from '../../shell/oversight/reckoning.ts';

/** The figures of the page, in the order in which its charts name them. */
export const FIGURES: readonly FigureToCount[] = [
  { measure: measureOf('decided-in-one-working-day')!, by: null },
  { measure: measureOf('decided-in-target')!, by: 'rating' },
  { measure: measureOf('time-to-decision')!, by: 'rating' },
  { measure: measureOf('red-claimed-in-time')!, by: null },
  { measure: measureOf('long-tail')!, by: null },
  { measure: measureOf('time-to-first-claimed')!, by: null },
  { measure: measureOf('received')!, by: 'weekday-hour' },
  { measure: measureOf('time-to-decision')!, by: 'channel' },
  { measure: measureOf('time-to-decision')!, by: 'agency' },
  { measure: measureOf('time-to-decision')!, by: 'concern' },
  { measure: measureOf('lowered-then-in-time')!, by: null },
  { measure: measureOf('taken-back')!, by: null },
];

const AGENCY = { one: 'agency', many: 'agencies' };

export function presentPromptness(months: ThirteenMonths) {
  const charts = new MonthCharts(months);
  return {
    standing: standingOf(months),
    lead: 'How long referrals wait for their decision. Months are those in which the referrals came; who still waits is counted. Beside each share stands how many are not yet due.',
    charts: [
      charts.xmr(0, {
        measure: 'decided-in-one-working-day',
        subject: 'Share of referrals decided within one working day, by month of receipt',
        did: 'decided within one working day',
        better: 'more',
        aim: 0.95,
      }),
      charts.xmr(1, {
        measure: 'decided-in-target',
        subject: 'Share of referrals decided within the limit of their rating, by month of receipt',
        did: 'decided within their limit',
        better: 'more',
      }),
      charts.xmr(10, {
        measure: 'lowered-then-in-time',
        subject: 'Share of decisions in time that were so only because the rating was lowered',
        did: 'in time only by lowering',
        better: 'less',
      }),
      charts.xmr(11, {
        measure: 'taken-back',
        subject: 'Share of decided referrals of which a decision was taken back',
        did: 'taken back',
      }),
      charts.spreadByMonth(
        2,
        {
          measure: 'time-to-decision',
          subject: 'Time to decision by opening hours, by month of receipt',
          did: 'decided',
        },
        'working',
      ),
      charts.spreadByGroup(
        2,
        { measure: 'time-to-decision', subject: 'Time to decision by elapsed time, by rating', did: 'decided' },
        'rating',
        { one: 'rating', many: 'ratings' },
        'elapsed',
      ),
      charts.xmr(3, {
        measure: 'red-claimed-in-time',
        subject: 'Share of reds taken by a person within their limit, by month of receipt',
        did: 'taken in time',
        better: 'more',
      }),
      charts.xmr(4, {
        measure: 'long-tail',
        subject: 'Share of referrals that took more than three working days, by month of receipt',
        did: 'decided after more than three working days',
        better: 'less',
      }),
      charts.spreadByMonth(
        5,
        {
          measure: 'time-to-first-claimed',
          subject: 'Time until a person first takes a referral, by opening hours',
          did: 'taken',
        },
        'working',
      ),
      charts.heat(6, { measure: 'received', subject: 'Referrals received, by hour and weekday', did: 'received' }),
      charts.spreadByGroup(
        7,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by channel', did: 'decided' },
        'channel',
        { one: 'channel', many: 'channels' },
        'working',
      ),
      charts.spreadByGroup(
        8,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by agency', did: 'decided' },
        'agency',
        AGENCY,
        'working',
      ),
      charts.spreadByGroup(
        9,
        { measure: 'time-to-decision', subject: 'Time to decision by opening hours, by concern', did: 'decided' },
        'concern',
        { one: 'concern', many: 'concerns' },
        'working',
      ),
    ],
  };
}
