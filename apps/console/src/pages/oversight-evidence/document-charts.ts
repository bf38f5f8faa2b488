import type { EvidenceFigure, EvidenceLine, Line, ReadyPack } from '#oversight';
import type { Published } from '#domain';
import type { Chart } from '../../shell/charts/chart.ts';
import { drawCharts, type ChartOfMonths } from '../../shell/oversight/month-charts.ts';
import { shareByMonth } from '../../shell/oversight/share-charts.ts';

/** The charts of a document, each of one measure. */
const CHARTS: readonly ChartOfMonths[] = [
  shareByMonth('decided-in-one-working-day'),
  shareByMonth('decided-in-target'),
  {
    ...{ draw: 'spread by month', clock: 'working' },
    measure: 'time-to-decision',
    subject: 'Time to decision by opening hours, by month of receipt',
    did: 'decided',
  },
  shareByMonth('lowered-then-in-time'),
  { draw: 'counts', measure: 'received', subject: 'Referrals received, by month', did: 'received' },
  shareByMonth('no-further-action-of-contacts'),
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
    const [chart] = drawCharts([words], {
      months: months.map(({ month, isComplete, all }) => ({ month, isComplete, figures: [{ lines: [all!] }] })),
      whole: [],
      baselines: figures.baselines ?? [],
      asOf: figures.whole === null ? latestOf(figures.months.map((one) => one.asOf)) : asOf,
      timeZone: figures.timeZone,
      minutesOfADay: figures.minutesOfADay,
    });
    return { chart: { ...chart!, csvHref: null, definitionHref: `#definition-${words.measure}` } };
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
