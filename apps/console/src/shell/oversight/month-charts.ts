import { shareRatio } from '#domain';
import type { LabelledLine, Line, ThirteenMonths } from '#oversight';
import type { About, Chart, Noun } from '../charts/chart.ts';
import { funnelChart } from '../charts/funnel-chart.ts';
import { heatTable } from '../charts/heat-table.ts';
import { ratioChart } from '../charts/ratio-chart.ts';
import { spreadChart } from '../charts/spread-chart.ts';
import { xmrChart } from '../charts/xmr-chart.ts';
import { aboutMeasure, monthsInWords } from './about.ts';
import { groupInWords } from './group-words.ts';

/** What a chart of a figure says. */
export interface ChartWords {
  readonly measure: string;
  readonly subject: string;
  /** What happened to what is counted, such as `decided within one working day`. */
  readonly did: string;
  readonly better?: 'more' | 'less';
  /** A share from 0 to 1 that the hub aims at. */
  readonly aim?: number;
}

const WORKING_DAY: Noun = { one: 'working day', many: 'working days' };

/** The charts of a page of thirteen months. @param place of the figure among those that the page asked for */
export class MonthCharts {
  constructor(
    private readonly data: Pick<ThirteenMonths, 'whole' | 'asOf' | 'timeZone' | 'minutesOfADay'> & {
      readonly months: readonly {
        readonly month: Temporal.PlainDate;
        readonly isComplete: boolean;
        readonly figures: readonly { readonly lines: readonly Line[] }[];
      }[];
    },
  ) {}

  /** A share by month of receipt, with what chance explains of it. */
  xmr(place: number, words: ChartWords): Chart {
    const { months } = this.data;
    return xmrChart({
      about: this.about(words, 'month'),
      did: words.did,
      every: 'month',
      points: months.map(({ month, figures }) => {
        const { numerator, denominator, notYetDue } = figures[place]!.lines.at(-1)!;
        return { from: month.toString(), numerator, denominator, notYetDue };
      }),
      isLastComplete: months.at(-1)!.isComplete,
      rebasedAt: [],
      aim: words.aim ?? null,
      better: words.better ?? null,
    });
  }

  /** How many came by month of receipt. */
  counts(place: number, words: ChartWords): Chart {
    const { months } = this.data;
    return xmrChart({
      about: this.about(words, 'month'),
      did: words.did,
      every: 'month',
      points: months.map(({ month, figures }) => ({
        from: month.toString(),
        numerator: figures[place]!.lines.at(-1)!.numerator,
        denominator: null,
        notYetDue: 0,
      })),
      isLastComplete: months.at(-1)!.isComplete,
      rebasedAt: [],
      aim: null,
      better: null,
    });
  }

  /** Half within, nine in ten within, by month, of all. */
  spreadByMonth(place: number, words: ChartWords, clock: 'elapsed' | 'working'): Chart {
    const rows = this.data.months.map(({ month, figures }) => {
      const label = month.toLocaleString('en-GB', { month: 'long', year: 'numeric' });
      return spreadRow(label, figures[place]!.lines.at(-1)!, clock);
    });
    return this.spread(words, 'month', { one: 'month', many: 'months' }, rows, clock);
  }

  /** Half within, nine in ten within, by group, over all the months. */
  spreadByGroup(place: number, words: ChartWords, by: string, group: Noun, clock: 'elapsed' | 'working'): Chart {
    const rows = this.groupsOf(place).map((line) => spreadRow(groupInWords(by, line), line, clock));
    return this.spread(words, by, group, rows, clock);
  }

  /** Each group against what chance explains: never a league. */
  funnel(place: number, words: ChartWords, by: string, group: Noun): Chart {
    return funnelChart({
      about: this.about(words, by),
      did: words.did,
      group,
      groups: this.groupsOf(place).map((line) => ({
        label: groupInWords(by, line),
        numerator: line.numerator,
        denominator: line.denominator,
      })),
    });
  }

  /** Each group's share against that of all the others. */
  ratio(place: number, words: ChartWords, by: string, group: Noun): Chart {
    const all = this.data.whole[place]!.at(-1)!;
    return ratioChart({
      about: this.about(words, by),
      group,
      of: words.did,
      comparedWith: 'all others',
      rows: this.groupsOf(place).map((line) => ({
        label: groupInWords(by, line),
        count: line.denominator,
        ratio: shareRatio(line, {
          numerator: all.numerator - line.numerator,
          denominator: all.denominator - line.denominator,
        }),
      })),
    });
  }

  /** How many by hour and weekday. */
  heat(place: number, words: ChartWords): Chart {
    const counts = new Map(this.groupsOf(place).map(({ group, numerator }) => [group, numerator]));
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    return heatTable({
      about: this.about(words, 'weekday-hour'),
      did: words.did,
      hours: Array.from({ length: 24 }, (_, hour) =>
        days.map((day) => counts.get(`${day} ${String(hour).padStart(2, '0')}`) ?? 0),
      ),
    });
  }

  /** The lines of the groups: in the order of their codes, or of their names where the codes are ids. */
  private groupsOf(place: number): readonly LabelledLine[] {
    const lines = this.data.whole[place]!.slice(0, -1);
    const isNamed = lines.some(({ group, label }) => group !== label);
    return isNamed ? lines.toSorted((a, b) => a.label.localeCompare(b.label, 'en-GB')) : lines;
  }

  private about({ measure, subject }: ChartWords, by: string): About {
    const { months, asOf, timeZone } = this.data;
    return aboutMeasure(measure, subject, monthsInWords(months), { asOf, timeZone, by });
  }

  private spread(
    words: ChartWords,
    by: string,
    group: Noun,
    rows: Parameters<typeof spreadChart>[0]['rows'],
    clock: 'elapsed' | 'working',
  ): Chart {
    const day =
      clock === 'elapsed'
        ? { minutes: 24 * 60, noun: { one: 'day', many: 'days' } }
        : { minutes: this.data.minutesOfADay, noun: WORKING_DAY };
    return spreadChart({ about: this.about(words, by), did: words.did, group, day, rows });
  }
}

function spreadRow(
  label: string,
  line: Pick<LabelledLine, 'denominator' | 'median' | 'p90' | 'workingMedian' | 'workingP90'>,
  clock: 'elapsed' | 'working',
) {
  const [median, p90] = clock === 'elapsed' ? [line.median, line.p90] : [line.workingMedian, line.workingP90];
  return { label, count: line.denominator, median, p90, limit: null };
}
