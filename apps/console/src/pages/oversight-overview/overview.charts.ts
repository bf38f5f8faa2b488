import { instantInWords, OPEN_AGES, RATINGS, type OpenAge, type Span } from '#domain';
import { overviewLines, type Overview } from '#oversight';
import type { Chart } from '../../shell/charts/chart.ts';
import { spreadChart } from '../../shell/charts/spread-chart.ts';
import { stackedBars } from '../../shell/charts/stacked-bars.ts';
import { aboutMeasure, periodOfMonths } from '../../shell/oversight/about.ts';
import { drawCharts } from '../../shell/oversight/month-charts.ts';
import { RATING, REFERRAL, workingDay } from '../../shell/oversight/nouns.ts';
import { shareByMonth } from '../../shell/oversight/share-charts.ts';
import { codeInWords, minutesInWords } from '../../shell/words/words.ts';

/** The bands of age as the drawing has room for them. */
const AGE_WORDS: Readonly<Record<OpenAge, string>> = {
  under_4_hours: 'under 4 h',
  '4_to_24_hours': '4 to 24 h',
  '1_working_day': '1 working day',
  '2_working_days': '2 working days',
  '3_working_days': '3 working days',
  '4_to_5_working_days': '4 to 5 working days',
  over_5_working_days: 'over 5 working days',
};

/** The share decided within one working day, by month. */
export function sharesByMonth({ months, baselines, minutesOfADay }: Overview): Chart {
  const [chart] = drawCharts([shareByMonth('decided-in-one-working-day')], {
    ...{ ...months, baselines, whole: [], minutesOfADay },
  });
  return chart!;
}

/** How long decisions take this month: reds by elapsed time, others by opening hours, each beside its own limit. */
export function timeToDecision({ months, limits, minutesOfADay, asOf, timeZone }: Overview): Chart {
  const thisMonth = months.months.at(-1)!;
  const { month } = thisMonth;
  const subject = 'Time to decision: reds by elapsed time, others by opening hours. Open referrals are counted';
  return spreadChart({
    about: aboutMeasure('time-to-decision', subject, periodOfMonths([{ month }]), { asOf, timeZone, by: 'rating' }),
    did: 'decided',
    group: RATING,
    day: workingDay(minutesOfADay),
    rows: RATINGS.map((rating) => {
      const line = overviewLines(thisMonth, 'time-to-decision').find(({ group }) => group === rating);
      const isElapsed = 'elapsedHours' in limits[rating] || 'elapsedMinutes' in limits[rating];
      return {
        label: codeInWords(rating),
        count: line?.denominator ?? 0,
        median: (isElapsed ? line?.median : line?.workingMedian) ?? null,
        p90: (isElapsed ? line?.p90 : line?.workingP90) ?? null,
        limit: minutesOf(limits[rating], minutesOfADay),
      };
    }),
  });
}

function minutesOf(span: Span, minutesOfADay: number): number {
  if ('elapsedMinutes' in span) return span.elapsedMinutes;
  if ('elapsedHours' in span) return span.elapsedHours * 60;
  return 'workingHours' in span ? span.workingHours * 60 : span.workingDays * minutesOfADay;
}

/** Open referrals by age. */
export function openByAge({ open, asOf, timeZone }: Overview): Chart {
  const about = {
    subject: 'Open referrals by age',
    unit: REFERRAL,
    period: 'All that are open',
    asOf: instantInWords(asOf, timeZone),
    csvHref: `/oversight/figures/open-by-age.csv?asOf=${asOf.toString()}&by=open-age`,
    rowsHref: `/oversight/figures/open-by-age/rows?asOf=${asOf.toString()}&by=open-age`,
    definitionHref: '/oversight/definitions#open-by-age',
  };
  const { oldest } = open;
  return stackedBars({
    about,
    group: RATING,
    bands: OPEN_AGES.map((age) => AGE_WORDS[age]),
    rows: RATINGS.map((rating) => ({
      label: codeInWords(rating),
      cells: OPEN_AGES.map((age) => {
        const cell = open.cells.find((one) => one.rating === rating && one.age === age);
        return { count: cell?.count ?? 0, late: cell?.late ?? 0 };
      }),
    })),
    oldest:
      oldest === null
        ? null
        : `the oldest, ${oldest.rating === 'amber' ? 'an' : 'a'} ${oldest.rating}, has waited ${minutesInWords(Math.floor(oldest.receivedAt.until(asOf).total('minutes')))}`,
  });
}
