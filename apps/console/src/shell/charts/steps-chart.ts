import { max } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { curveStepAfter, line as lineThrough } from 'd3-shape';
import { chartOf, emptyChart, number, type About, type Chart } from './chart.ts';
import { capital, counted, ofNoun } from './in-words.ts';
import { periodInWords, periodTicks, type Every } from './periods.ts';
import { apart, drawn, line, mark, path, text, type Drawing, type Room } from './svg.ts';
import { LINE, widthOf } from './text-width.ts';

export interface StepsChartPoint {
  /** The first local day of the period, `YYYY-MM-DD`. */
  readonly from: string;
  readonly received: number;
  readonly decided: number;
  /** Open at the end of the period, or now. */
  readonly open: number;
}

export interface StepsChartData {
  readonly about: About;
  readonly every: Every;
  /** In the order of time; a hundred at most, so that the drawing stays small. */
  readonly points: readonly StepsChartPoint[];
  readonly isLastComplete: boolean;
}

/** What came and what was decided, and beneath it, on a scale of its own, what was open. */
export function stepsChart(data: StepsChartData): Chart {
  const { about, every, points } = data;
  const columns = [capital(every), number('Received'), number('Decided'), number('Open at the end')];
  const last = points.at(-1);
  if (last === undefined) return emptyChart(about, columns);
  const rows = points.map((point) => [
    capital(periodInWords(point.from, every)) + (point === last && !data.isLastComplete ? ', not complete' : ''),
    counted(point.received),
    counted(point.decided),
    counted(point.open),
  ]);
  const name = periodInWords(last.from, every);
  const period = `${name}${data.isLastComplete ? '' : ' so far'}`;
  const { headline, says } = wordsOf(data, last, period);
  return chartOf(about, { headline, says, svg: drawn((room) => drawingOf(room, data)), table: { columns, rows } });
}

function wordsOf({ about: { unit }, points }: StepsChartData, last: StepsChartPoint, period: string) {
  const more = last.received - last.decided;
  const came = ofNoun(last.received, unit);
  const difference = ofNoun(Math.abs(more), { one: `more ${unit.one}`, many: `more ${unit.many}` });
  const headline =
    more === 0
      ? `As many ${unit.many} received as decided in ${period}`
      : `${difference} ${more > 0 ? 'received than decided' : 'decided than received'} in ${period}`;
  const before = points.at(-2)?.open;
  const change = before === undefined ? '' : last.open === before ? ', as many as before' : `, ${counted(Math.abs(last.open - before))} ${last.open > before ? 'more' : 'fewer'} than before`; // prettier-ignore
  const says = `${capital(period)}: ${came} received, ${counted(last.decided)} decided. ${counted(last.open)} ${last.open === 1 ? 'is' : 'are'} open${change}.`;
  return { headline, says };
}

const FLOW = { top: 26, height: 110 };
const OPEN = { top: FLOW.top + FLOW.height + 34, height: 90 };
/** More points than these have no room for a shape each. */
const MARKED_AT_MOST = 26;

function drawingOf(room: Room, { points, every }: StepsChartData): Drawing {
  const flow = scaleFor(max(points, ({ received, decided }) => Math.max(received, decided)) ?? 0, FLOW);
  const open = scaleFor(max(points, (point) => point.open) ?? 0, OPEN);
  const left = Math.max(...[flow, open].flatMap((y) => y.ticks(3).map((value) => widthOf(counted(value))))) + 8;
  const right = room.width - widthOf('decided') - 12;
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [left + 8, right - 8]);
  const xAt = (at: number) => x(points.length === 1 ? 0.5 : at);
  const bottom = OPEN.top + OPEN.height;
  const last = points.at(-1)!;
  const [receivedAt, decidedAt] = apart([flow(last.received), flow(last.decided)], FLOW.top, FLOW.top + FLOW.height);
  const through = (y: (point: StepsChartPoint) => number) =>
    lineThrough<StepsChartPoint>((_, at) => xAt(at), y).digits(1);
  const marked = points.length <= MARKED_AT_MOST;
  return {
    height: bottom + 2 * LINE + 8,
    parts: [
      text(0, 8, 'Received and decided', 'start', 'name'),
      ...gridOf(flow, left, right),
      path(through(({ received }) => flow(received))(points), 'series'),
      path(through(({ decided }) => flow(decided))(points), 'other-series'),
      ...(marked ? points.map(({ decided }, at) => mark(xAt(at), flow(decided), 'diamond', 'open')) : []),
      ...(marked ? points.map(({ received }, at) => mark(xAt(at), flow(received), 'dot')) : []),
      text(right + 5, receivedAt!, 'received'),
      text(right + 5, decidedAt!, 'decided'),
      text(0, OPEN.top - 16, 'Open at the end', 'start', 'name'),
      ...gridOf(open, left, right),
      path(through((point) => open(point.open)).curve(curveStepAfter)(points), 'series'),
      ...(points.length === 1 ? [mark(xAt(0), open(last.open), 'dot')] : []),
      text(right + 5, open(last.open), counted(last.open)),
      ...periodTicks(points.map(({ from }, at) => ({ from, x: xAt(at) })), every).flatMap(({ x: at, words, year }) => [
        text(at, bottom + 14, words, 'middle'),
        ...(year === null ? [] : [text(at, bottom + 14 + LINE, year, 'middle')]),
      ]),
    ],
  };
} // prettier-ignore

type Scale = ScaleLinear<number, number>;

/** From 0, in whole numbers. */
function scaleFor(most: number, { top, height }: { readonly top: number; readonly height: number }): Scale {
  return scaleLinear([0, Math.max(4, most)], [top + height, top]).nice(3);
}

function gridOf(y: Scale, left: number, right: number): string[] {
  return y
    .ticks(3)
    .flatMap((value) => [
      line(left, y(value), right, y(value), 'grid'),
      text(left - 6, y(value), counted(value), 'end'),
    ]);
}
