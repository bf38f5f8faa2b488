import { daysBetween } from '#domain';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { chartOf, number, type About, type Chart, type Noun } from './chart.ts';
import { counted, ofNoun } from './in-words.ts';
import { dateInWords, dayOf, monthTicks } from './periods.ts';
import { drawn, key, line, mark, text, type Drawing, type Room } from './svg.ts';
import { LINE, widthOf } from './text-width.ts';

export interface DaysBetweenChartData {
  readonly about: About;
  /** What is rare, in the words of `41 days since a red was late`. */
  readonly event: string;
  /** The local days on which it happened, `YYYY-MM-DD`, in any order. */
  readonly days: readonly string[];
  /** The local day as at which the chart is. */
  readonly on: string;
}

const DAY: Noun = { one: 'day', many: 'days' };

/** How long it was each time until a rare event came again. */
export function daysBetweenChart(data: DaysBetweenChartData): Chart {
  const { about, event, days } = data;
  const on = Temporal.PlainDate.from(data.on);
  const { gaps, sinceLast, longest, median } = daysBetween(days.map((day) => Temporal.PlainDate.from(day)), on); // prettier-ignore
  const columns = ['From', 'To', number('Days')];
  if (sinceLast === null) {
    return chartOf(about, { headline: `No day on record on which ${event}`, says: 'There is nothing to show.', svg: '', table: { columns, rows: [] } }); // prettier-ignore
  }
  const last = on.subtract({ days: sinceLast });
  const rows = [
    ...gaps.map(({ from, to, days }) => [dateInWords(from), dateInWords(to), counted(days)]),
    [dateInWords(last), `${dateInWords(on)}, not yet again`, counted(sinceLast)],
  ];
  const usual =
    longest === null || median === null
      ? 'It happened once.'
      : `Half of the times it came again within ${ofNoun(median, DAY)}; the longest time was ${ofNoun(longest, DAY)}.`;
  const isLongest = longest !== null && sinceLast > longest;
  const says = `${usual}${isLongest ? ' The time since the last one is longer than each before.' : ''}`;
  const points = [
    ...gaps.map((gap) => ({ at: gap.to, days: gap.days, isOver: true })),
    { at: on, days: sinceLast, isOver: false },
  ];
  const first = gaps[0]?.from ?? last;
  const headline = `${ofNoun(sinceLast, DAY)} since ${event}`;
  return chartOf(about, { headline, says, svg: drawn((room) => drawingOf(room, first, points, median)), table: { columns, rows } }); // prettier-ignore
}

interface Point {
  readonly at: Temporal.PlainDate;
  readonly days: number;
  readonly isOver: boolean;
}

const PLOT = { top: 28, height: 140 };

function drawingOf(room: Room, first: Temporal.PlainDate, points: readonly Point[], median: number | null): Drawing {
  const bottom = PLOT.top + PLOT.height;
  const y = scaleLinear([0, Math.max(4, ...points.map(({ days }) => days))], [bottom, PLOT.top]).nice(4);
  const left = Math.max(...y.ticks(4).map((value) => widthOf(counted(value)))) + 8;
  const right = room.width - (median === null ? 12 : widthOf('median') + 10);
  const last = points.at(-1)!.at;
  const end = first.equals(last) ? last.add({ days: 1 }) : last;
  const x = scaleUtc([dayOf(first), dayOf(end)], [left + 8, right - 8]);
  const legend = key(room, bottom + 2 * LINE + 8, [
    ['dot', 'days until it happened again', 'dot'],
    ['ring', 'days since, not yet again', 'open'],
  ]);
  return {
    height: bottom + 2 * LINE + 8 + legend.height,
    parts: [
      text(0, 8, 'Days', 'start', 'name'),
      ...y.ticks(4).flatMap((value) => [line(left, y(value), right, y(value), 'grid'), text(left - 6, y(value), counted(value), 'end')]),
      ...(median === null ? [] : [line(left, y(median), right, y(median), 'mean'), text(right + 5, y(median), 'median')]),
      ...points.map(({ at, days, isOver }) => line(x(dayOf(at)), bottom, x(dayOf(at)), y(days), isOver ? 'stem' : 'near')),
      ...points.map(({ at, days, isOver }) => mark(x(dayOf(at)), y(days), isOver ? 'dot' : 'ring')),
      ...monthTicks(dayOf(first), dayOf(end), x).flatMap(({ x: at, words, year }) => [
        text(at, bottom + 14, words, 'middle'),
        ...(year === null ? [] : [text(at, bottom + 14 + LINE, year, 'middle')]),
      ]),
      ...legend.parts,
    ],
  };
} // prettier-ignore
