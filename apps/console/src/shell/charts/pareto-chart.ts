import { pareto } from '#domain';
import { scaleLinear } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';
import { chartOf, emptyChart, number, type About, type Chart, type Noun } from './chart.ts';
import { capital, counted, ofNoun, percent } from './in-words.ts';
import { drawn, line, mark, path, text, type Drawing, type Room } from './svg.ts';
import { fitted, LINE, widthOf } from './text-width.ts';

export interface ParetoChartData {
  readonly about: About;
  /** Of what each part has some, such as a family. */
  readonly part: Noun;
  /** For each part, in any order. */
  readonly counts: readonly number[];
}

/** Parts that have as many each, with the running shares up to them. */
interface Level {
  readonly each: number;
  readonly parts: number;
  readonly count: number;
  readonly shareOfParts: number;
  readonly shareOfAll: number;
}

/** Whether few parts have most of what is counted. */
export function paretoChart(data: ParetoChartData): Chart {
  const { about, part, counts } = data;
  const columns = [capital(`${about.unit.many} each`), number(capital(part.many)), number(capital(about.unit.many)), number(`Running share of ${part.many}`), number(`Running share of ${about.unit.many}`)]; // prettier-ignore
  const { total, parts, fewestForHalf } = pareto(counts);
  if (fewestForHalf === null) return emptyChart(about, columns);
  const levels = levelsOf(parts.map(({ count }) => count), total); // prettier-ignore
  const share = percent(fewestForHalf / parts.length);
  const given = parts[fewestForHalf - 1]!.share;
  const headline = `${share} of ${part.many} made half of the ${about.unit.many}`;
  const says = `${ofNoun(fewestForHalf, part)} of ${counted(parts.length)} made ${percent(given)} of ${ofNoun(total, about.unit)}. The most that one ${part.one} made is ${counted(parts[0]!.count)}.`;
  const rows = levels.map(({ each, parts, count, shareOfParts, shareOfAll }) => [counted(each), counted(parts), counted(count), percent(shareOfParts), percent(shareOfAll)]); // prettier-ignore
  const half = { x: fewestForHalf / parts.length, y: given };
  return chartOf(about, { headline, says, svg: drawn((room) => drawingOf(room, data, levels, half)), table: { columns, rows } }); // prettier-ignore
}

/** @param counts largest first */
function levelsOf(counts: readonly number[], total: number): Level[] {
  const levels: Level[] = [];
  let [parts, count] = [0, 0];
  for (const [each, alike] of Map.groupBy(counts, (one) => one)) {
    parts += alike.length;
    count += alike.length * each;
    const shares = { shareOfParts: parts / counts.length, shareOfAll: count / total };
    levels.push({ each, parts: alike.length, count: alike.length * each, ...shares });
  }
  return levels;
}

const PLOT = { top: 26, height: 200 };

function drawingOf(room: Room, { about, part }: ParetoChartData, levels: readonly Level[], half: { readonly x: number; readonly y: number }): Drawing {
  const bottom = PLOT.top + PLOT.height;
  const left = widthOf('100%') + 8;
  const right = room.width - widthOf('100%') / 2 - 4;
  const [x, y] = [scaleLinear([0, 1], [left, right]), scaleLinear([0, 1], [bottom, PLOT.top])];
  const points = [{ shareOfParts: 0, shareOfAll: 0 }, ...levels];
  const through = lineThrough<(typeof points)[number]>(({ shareOfParts }) => x(shareOfParts), ({ shareOfAll }) => y(shareOfAll)).digits(1);
  return {
    height: bottom + 2 * LINE + 8,
    parts: [
      text(0, 8, capital(`share of ${about.unit.many}`), 'start', 'name'),
      ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
        line(left, y(share), right, y(share), 'grid'),
        text(left - 6, y(share), percent(share), 'end'),
        text(x(share), bottom + 14, percent(share), 'middle'),
      ]),
      line(x(0), y(0), x(1), y(1), 'near'),
      line(x(half.x), bottom, x(half.x), y(half.y), 'limit'),
      line(left, y(half.y), x(half.x), y(half.y), 'limit'),
      path(through(points), 'series'),
      mark(x(half.x), y(half.y), 'diamond', 'signal'),
      text(right, bottom + 14 + LINE, fitted(`Share of ${part.many}, most first`, room.width - 20, true), 'end', 'name'),
    ],
  };
} // prettier-ignore
