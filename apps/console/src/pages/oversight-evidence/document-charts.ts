import type { EvidenceFigure, EvidenceLine, Line, ReadyPack } from '#oversight';
import type { Published } from '#domain';
import type { Chart } from '../../shell/charts/chart.ts';
import { MonthCharts, type ChartWords } from '../../shell/oversight/month-charts.ts';

/** The charts of a document, each of one measure. */
const CHARTS: readonly (ChartWords & { readonly draw: 'xmr' | 'counts' | 'working' })[] = [
  {
    ...{ draw: 'xmr', measure: 'decided-in-one-working-day', better: 'more', aim: 0.95 },
    subject: 'Share of referrals decided within one working day, by month of receipt',
    did: 'decided within one working day',
  },
  {
    ...{ draw: 'xmr', measure: 'decided-in-target', better: 'more' },
    subject: 'Share of referrals decided within the limit of their rating, by month of receipt',
    did: 'decided within their limit',
  },
  {
    ...{ draw: 'working', measure: 'time-to-decision', did: 'decided' },
    subject: 'Time to decision by opening hours, by month of receipt',
  },
  {
    ...{ draw: 'xmr', measure: 'lowered-then-in-time', better: 'less' },
    subject: 'Share of decisions in time that were so only because the rating was lowered',
    did: 'in time only by lowering',
  },
  {
    ...{ draw: 'counts', measure: 'received', did: 'received' },
    subject: 'Referrals received, by month',
  },
  {
    ...{ draw: 'xmr', measure: 'no-further-action-of-contacts', did: 'ended with no further action' },
    subject: 'Share of all contacts that ended with no further action',
  },
];

/** A chart of a document, or why it is not drawn. */
export type DocumentChart = { readonly chart: Chart } | { readonly chart: null; readonly why: string };

/** The charts of a pack. One with a hidden number is not drawn: its length would say the number. */
export function chartsOf({ evidence: { figures }, asOf, firstMonth }: ReadyPack): readonly DocumentChart[] {
  // Months before anything came say nothing of chance.
  const begun = figures.months.findIndex((one) => one.month === firstMonth || !isEmpty(one.figures));
  return CHARTS.map((words) => {
    const months = figures.months.slice(begun).map(({ month, isComplete, figures: ofMonth }) => ({
      month: Temporal.PlainDate.from(month),
      isComplete,
      all: allOf(ofMonth, words.measure),
    }));
    if (months.some(({ all }) => all === null)) {
      return { chart: null, why: `${words.subject}: not drawn, because a number in it is hidden.` };
    }
    const charts = new MonthCharts({
      months: months.map(({ month, isComplete, all }) => ({ month, isComplete, figures: [{ lines: [all!] }] })),
      whole: [],
      asOf: figures.whole === null ? latestOf(figures.months.map((one) => one.asOf)) : asOf,
      timeZone: figures.timeZone,
      minutesOfADay: figures.minutesOfADay,
    });
    const { draw } = words;
    const chart = draw === 'working' ? charts.spreadByMonth(0, words, draw) : charts[draw](0, words);
    return { chart: { ...chart, csvHref: null, definitionHref: `#definition-${words.measure}` } };
  });
}

function isEmpty(figures: readonly EvidenceFigure[]): boolean {
  return figures.find(({ measure }) => measure === 'received')?.lines.at(-1)?.numerator === 0;
}

/** The line of all as numbers; null where one is hidden, or there is none. */
function allOf(figures: readonly EvidenceFigure[], id: string): Line | null {
  const line = figures.find(({ measure }) => measure === id)?.lines.at(-1);
  return line === undefined || isHidden(line) ? null : numbersOf(line);
}

function isHidden({ numerator, denominator, notYetDue, workingMedian, workingP90 }: EvidenceLine): boolean {
  return [numerator, denominator, notYetDue, workingMedian, workingP90].includes('c');
}

function numbersOf({ group, ...line }: EvidenceLine): Line {
  const number = (published: Published | null) => (typeof published === 'number' ? published : null);
  return {
    group,
    numerator: number(line.numerator)!,
    denominator: number(line.denominator)!,
    notYetDue: number(line.notYetDue)!,
    value: number(line.value),
    median: number(line.median),
    p90: number(line.p90),
    workingMedian: number(line.workingMedian),
    workingP90: number(line.workingP90),
  };
}

function latestOf(instants: readonly string[]): Temporal.Instant {
  return Temporal.Instant.from(instants.toSorted().at(-1)!);
}
