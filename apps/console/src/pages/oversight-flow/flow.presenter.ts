import { instantInWords, localDate } from '#domain';
import type { Flow, Week } from '#oversight';
import type { About } from '../../shell/charts/chart.ts';
import { daysBetweenChart } from '../../shell/charts/days-between-chart.ts';
import { stepsChart } from '../../shell/charts/steps-chart.ts';
import { xmrChart } from '../../shell/charts/xmr-chart.ts';
import { dayInWords } from '../../shell/words/words.ts';

const DAYS_OF_A_WEEK = 7;

export function presentFlow(flow: Flow) {
  const { asOf, timeZone, weeks, openings, daysWithLateReds, daysMissing } = flow;
  const isLastComplete = weeks.at(-1)?.days === DAYS_OF_A_WEEK;
  const about = (subject: string, one: string, many: string, measure: string): About => ({
    subject,
    unit: { one, many },
    period: weeks.length === 0 ? 'No day is closed yet' : `The weeks since ${dayInWords(weeks[0]!.from)}`,
    asOf: instantInWords(asOf, timeZone),
    csvHref: null,
    definitionHref: `/oversight/definitions#${measure}`,
  });
  const byWeek = (value: (week: Week) => number, words: Parameters<typeof about>, did: string, better: 'less' | null) =>
    xmrChart({
      about: about(...words),
      did,
      every: 'week',
      points: weeks.map((week) => ({
        from: week.from,
        numerator: Math.round(value(week)),
        denominator: null,
        notYetDue: 0,
      })),
      isLastComplete,
      rebasedAt: [],
      aim: null,
      better,
    });
  return {
    asOf: instantInWords(asOf, timeZone),
    missing:
      daysMissing === 0
        ? null
        : `${daysMissing} ${daysMissing === 1 ? 'day is' : 'days are'} not closed and missing here: a gap is not nothing.`,
    charts: [
      stepsChart({
        about: about(
          'Referrals received and decided in each week, and open at its end',
          'referral',
          'referrals',
          'received',
        ),
        every: 'week',
        points: weeks.map(({ from, received, decided, openAtEnd }) => ({ from, received, decided, open: openAtEnd })),
        isLastComplete,
      }),
      byWeek(
        ({ received }) => received,
        ['Referrals received in each week', 'referral', 'referrals', 'received'],
        'received',
        null,
      ),
      byWeek(
        ({ overdueChildHours }) => overdueChildHours,
        [
          'Child-hours overdue at the end of each day, added up over the week',
          'child-hour',
          'child-hours',
          'overdue-hours',
        ],
        'overdue',
        'less',
      ),
      daysBetweenChart({
        about: {
          ...about('Days between one late red and the next', 'day', 'days', 'decided-in-target'),
          period: 'The thirteen months up to the last closed day',
        },
        event: 'a red was late',
        days: daysWithLateReds,
        on: localDate({ timeZone }, asOf).toString(),
      }),
    ],
    openings: openings.map(({ day, open }) => ({ day: dayInWords(day), open })),
  };
}
