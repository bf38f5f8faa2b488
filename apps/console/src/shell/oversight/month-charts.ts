import { measureOf, shareRatio, WEEKDAYS, type Breakdown, type FigureToCount } from '#domain';
import type { LabelledLine, Line, ThirteenMonths } from '#oversight';
import type { About, Chart, Noun } from '../charts/chart.ts';
import { funnelChart } from '../charts/funnel-chart.ts';
import { heatTable } from '../charts/heat-table.ts';
import { ratioChart } from '../charts/ratio-chart.ts';
import { spreadChart } from '../charts/spread-chart.ts';
import { xmrChart } from '../charts/xmr-chart.ts';
import { monthInWords } from '../words/words.ts';
import { aboutMeasure, periodOfMonths } from './about.ts';
import { groupInWords } from './group-words.ts';
import { ELAPSED_DAY, workingDay } from './nouns.ts';

type Clock = 'elapsed' | 'working';

interface Words {
  readonly measure: string;
  readonly subject: string;
  /** What happened to what is counted, such as `decided within one working day`. */
  readonly did: string;
}

/** By what a chart is broken down, and what a group is. */
interface ByGroup {
  readonly by: Breakdown;
  readonly group: Noun;
}

/** A chart of a page of thirteen months: a figure and how it is drawn. */
export type ChartOfMonths = Words &
  (
    | {
        readonly draw: 'shares';
        readonly better: 'more' | 'less' | null;
        /** A share from 0 to 1 that the hub aims at. */
        readonly aim?: number;
      }
    | { readonly draw: 'counts' }
    | { readonly draw: 'spread by month'; readonly clock: Clock }
    | ({ readonly draw: 'spread'; readonly clock: Clock } & ByGroup)
    | ({ readonly draw: 'funnel' | 'ratio' } & ByGroup)
    | { readonly draw: 'heat' }
  );

/** What charts are drawn from: figures in the order of the charts. */
export type DataOfMonths = Pick<ThirteenMonths, 'whole' | 'asOf' | 'timeZone' | 'minutesOfADay'> & {
  readonly baselines: readonly { readonly measure: string; readonly month: string }[];
  readonly months: readonly {
    readonly month: Temporal.PlainDate;
    readonly isComplete: boolean;
    readonly figures: readonly { readonly lines: readonly Line[] }[];
  }[];
};

/** The figures that charts need, in the order of the charts. */
export function figuresOf(charts: readonly ChartOfMonths[]): readonly FigureToCount[] {
  return charts.map((chart) => ({ measure: measureOf(chart.measure)!, by: breakdownOf(chart) }));
}

function breakdownOf(chart: ChartOfMonths): Breakdown | null {
  if (chart.draw === 'heat') return 'weekday-hour';
  return 'by' in chart ? chart.by : null;
}

export function drawCharts(charts: readonly ChartOfMonths[], data: DataOfMonths): readonly Chart[] {
  return charts.map((chart, place) => draw(chart, place, data));
}

function draw(chart: ChartOfMonths, place: number, data: DataOfMonths): Chart {
  switch (chart.draw) {
    case 'shares':
    case 'counts':
      return overMonths(chart, place, data);
    case 'spread by month':
    case 'spread':
      return spread(chart, place, data);
    case 'funnel':
      return funnel(chart, place, data);
    case 'ratio':
      return ratio(chart, place, data);
    case 'heat':
      return heat(chart, place, data);
  }
}

type Of<D extends ChartOfMonths['draw']> = Extract<ChartOfMonths, { readonly draw: D }>;

/** A share, or a count, by month of receipt. */
function overMonths(chart: Of<'shares'> | Of<'counts'>, place: number, data: DataOfMonths): Chart {
  const { months, baselines } = data;
  const isShare = chart.draw === 'shares';
  return xmrChart({
    about: about(chart, data),
    did: chart.did,
    every: 'month',
    points: months.map(({ month, figures }) => {
      const { numerator, denominator, notYetDue } = figures[place]!.lines.at(-1)!;
      return { from: month.toString(), numerator, denominator: isShare ? denominator : null, notYetDue };
    }),
    isLastComplete: months.at(-1)!.isComplete,
    rebasedAt: baselines.filter(({ measure }) => measure === chart.measure).map(({ month }) => month),
    aim: isShare ? (chart.aim ?? null) : null,
    better: isShare ? chart.better : null,
  });
}

/** Half within, nine in ten within: of all by month, or by group over all the months. */
function spread(chart: Of<'spread by month'> | Of<'spread'>, place: number, data: DataOfMonths): Chart {
  const { clock, did } = chart;
  const isByMonth = chart.draw === 'spread by month';
  const ones = isByMonth
    ? data.months.map(({ month, figures }) => ({
        label: monthInWords(month.toString()),
        line: figures[place]!.lines.at(-1)!,
      }))
    : groupsOf(data, place).map((line) => ({ label: groupInWords(chart.by, line), line }));
  return spreadChart({
    about: about(chart, data),
    did,
    group: isByMonth ? { one: 'month', many: 'months' } : chart.group,
    day: clock === 'elapsed' ? ELAPSED_DAY : workingDay(data.minutesOfADay),
    rows: ones.map(({ label, line }) => ({
      ...{ label, count: line.denominator, limit: null },
      median: clock === 'elapsed' ? line.median : line.workingMedian,
      p90: clock === 'elapsed' ? line.p90 : line.workingP90,
    })),
  });
}

/** Each group against what chance explains: never a league. */
function funnel(chart: Of<'funnel' | 'ratio'>, place: number, data: DataOfMonths): Chart {
  return funnelChart({
    about: about(chart, data),
    did: chart.did,
    group: chart.group,
    groups: groupsOf(data, place).map((line) => ({
      label: groupInWords(chart.by, line),
      numerator: line.numerator,
      denominator: line.denominator,
    })),
  });
}

/** Each group's share against that of all the others. */
function ratio(chart: Of<'funnel' | 'ratio'>, place: number, data: DataOfMonths): Chart {
  const all = data.whole[place]!.at(-1)!;
  return ratioChart({
    about: about(chart, data),
    group: chart.group,
    of: chart.did,
    comparedWith: 'all others',
    rows: groupsOf(data, place).map((line) => ({
      label: groupInWords(chart.by, line),
      count: line.denominator,
      ratio: shareRatio(line, {
        numerator: all.numerator - line.numerator,
        denominator: all.denominator - line.denominator,
      }),
    })),
  });
}

/** How many by hour and weekday. */
function heat(chart: Of<'heat'>, place: number, data: DataOfMonths): Chart {
  const counts = new Map(groupsOf(data, place).map(({ group, numerator }) => [group, numerator]));
  return heatTable({
    about: about(chart, data),
    did: chart.did,
    hours: Array.from({ length: 24 }, (_, hour) =>
      WEEKDAYS.map((day) => counts.get(`${day} ${String(hour).padStart(2, '0')}`) ?? 0),
    ),
  });
}

/** The lines of the groups: in the order of their codes, or of their names where the codes are ids. */
function groupsOf({ whole }: DataOfMonths, place: number): readonly LabelledLine[] {
  const lines = whole[place]!.slice(0, -1);
  const isNamed = lines.some(({ group, label }) => group !== label);
  return isNamed ? lines.toSorted((a, b) => a.label.localeCompare(b.label, 'en-GB')) : lines;
}

function about(chart: ChartOfMonths, { months, asOf, timeZone }: DataOfMonths): About {
  const { measure, subject } = chart;
  return aboutMeasure(measure, subject, periodOfMonths(months), { asOf, timeZone, by: breakdownOf(chart) ?? 'month' });
}
