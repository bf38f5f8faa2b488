import { scaleLog } from 'd3-scale';
import { chartOf, emptyChart, number, type About, type Chart, type Noun } from './chart.ts';
import { capital, counted, lasting, listed, ofNoun, type ClockDay } from './in-words.ts';
import { rowLabels } from './row-labels.ts';
import { drawn, line, mark, path, rect, text, type Drawing, type Room } from './svg.ts';
import { LINE, widthOf } from './text-width.ts';

export interface SpreadChartRow {
  /** Such as `Red`, or `August 2026`. */
  readonly label: string;
  /** Open ones too: they are what is censored. */
  readonly count: number;
  /** In minutes of the clock; null where so many have not ended. */
  readonly median: number | null;
  readonly p90: number | null;
  /** In the same minutes; null where there is none. */
  readonly limit: number | null;
}

export interface SpreadChartData {
  readonly about: About;
  /** What happened within the time, such as `decided`. */
  readonly did: string;
  /** What a row is, such as a rating or a month. */
  readonly group: Noun;
  readonly day: ClockDay;
  readonly rows: readonly SpreadChartRow[];
}

/** More rows than these are not all said in words. */
const SAID_AT_MOST = 4;
/** One of fewer may be slow by a single referral: it is not called the slowest. */
const FEWEST_TO_COMPARE = 10;

/** How long half take, and nine in ten, on an axis on which twice as long is always the same step. */
export function spreadChart(data: SpreadChartData): Chart {
  const { about, day, did, group } = data;
  const columns = [capital(group.one), number(capital(about.unit.many)), number('Half within'), number('Nine in ten within'), number('Limit')]; // prettier-ignore
  const rows = data.rows.map(({ label, count, median, p90, limit }) => [
    label,
    counted(count),
    count === 0 ? 'None' : reached(median, day),
    count === 0 ? 'None' : reached(p90, day),
    limit === null ? 'None' : lasting(limit, day),
  ]);
  const some = data.rows.filter(({ count }) => count > 0);
  if (some.length === 0) return { ...emptyChart(about, columns), table: { columns, rows } };
  const says = saidOf(some, group).map((row) => sentence(row, did, day));
  return chartOf(about, {
    headline: headline(data, some),
    says:
      says.length > 0 ? says.join(' ') : `Each ${group.one} has fewer than ${FEWEST_TO_COMPARE} ${about.unit.many}.`,
    svg: drawn((room) => drawingOf(room, data)),
    table: { columns, rows },
  });
}

const reached = (minutes: number | null, day: ClockDay) => (minutes === null ? 'Not reached' : lasting(minutes, day));

function headline({ about, did, group, day }: SpreadChartData, rows: readonly SpreadChartRow[]): string {
  const { many } = about.unit;
  const limited = rows.filter(({ limit }) => limit !== null);
  if (limited.length === 0) {
    const [slowest] = slowestFirst(rows);
    if (slowest === undefined) return `Too few ${many} in each ${group.one} to compare`;
    const { label, count, p90 } = slowest;
    const whole = p90 === null ? `not yet ${did}` : `${did} within ${lasting(p90, day)}`;
    if (rows.length === 1) return `Nine in ten ${many} are ${whole}`;
    return `The slowest ${group.one} is ${label}: nine in ten of ${ofNoun(count, about.unit)} are ${whole}`;
  }
  const late = (minutes: number | null, limit: number | null) => minutes === null || minutes > limit!;
  const half = limited.filter(({ median, limit }) => late(median, limit));
  const tenth = limited.filter(({ p90, limit }) => late(p90, limit));
  if (tenth.length === 0) return `Nine in ten ${many} are ${did} within the limit in every ${group.one}`;
  const [share, over] = half.length > 0 ? ['half of the', half] : ['one in ten', tenth];
  const where = over.length > 3 ? `${over.length} of ${ofNoun(limited.length, group)}` : listed(over.map(({ label }) => label)); // prettier-ignore
  return `More than ${share} ${many} take longer than the limit: ${where}`;
}

/** The rows that are large enough to be compared. */
function slowestFirst(rows: readonly SpreadChartRow[]): readonly SpreadChartRow[] {
  const large = rows.length === 1 ? rows : rows.filter(({ count }) => count >= FEWEST_TO_COMPARE);
  const minutes = (value: number | null) => value ?? Number.MAX_SAFE_INTEGER;
  return large.toSorted((a, b) => minutes(b.p90) - minutes(a.p90) || minutes(b.median) - minutes(a.median));
}

/** All of a few; of many months the last, and of many others the slowest. */
function saidOf(rows: readonly SpreadChartRow[], { one }: Noun): readonly SpreadChartRow[] {
  if (rows.length <= SAID_AT_MOST) return rows;
  return one === 'month' ? rows.slice(-1) : slowestFirst(rows).slice(0, 3);
}

function sentence({ label, median, p90, limit }: SpreadChartRow, did: string, day: ClockDay): string {
  const parts = [
    median === null ? `half are not yet ${did}` : `half within ${lasting(median, day)}`,
    ...(median === null
      ? []
      : [p90 === null ? `nine in ten are not yet ${did}` : `nine in ten within ${lasting(p90, day)}`]),
    ...(limit === null ? [] : [`the limit is ${lasting(limit, day)}`]),
  ];
  return `${label}: ${parts.join('; ')}.`;
}

const ROW = 34;
const TOP = 8;

function drawingOf(room: Room, { rows, day }: SpreadChartData): Drawing {
  const labels = rowLabels(room, rows.map(({ label }) => label), ROW); // prettier-ignore
  const right = room.width - 14;
  const values = rows.flatMap(({ median, p90, limit }) => [median, p90, limit]).filter((value) => value !== null);
  const [least, most] = [Math.max(1, Math.min(...values)), Math.max(2, ...values)];
  const x = scaleLog([least / 1.3, most * 1.5], [labels.width, right]);
  const xOf = (minutes: number) => x(Math.max(least / 1.3, minutes));
  const bottom = TOP + rows.length * labels.rowHeight;
  const ticks = ticksBetween(x.domain(), day, xOf, [1, room.width]);
  return {
    height: bottom + LINE + 6,
    parts: [
      ...ticks.flatMap(({ at, words, middle }) => [line(at, TOP, at, bottom, 'grid'), text(middle, bottom + 12, words, 'middle')]),
      ...rows.flatMap(({ count, median, p90, limit }, index) => {
        const top = TOP + index * labels.rowHeight;
        const y = top + labels.middle;
        const isLate = limit !== null && (p90 === null || p90 > limit);
        const bar = median === null ? [] : [
          rect(xOf(median), y - 4, Math.max(1, (p90 === null ? right : xOf(p90)) - xOf(median)), 8, isLate ? 'late' : 'usual'),
          ...(p90 === null ? [path(`M${right},${y - 9}l10,9l-10,9z`, 'late')] : []),
          mark(xOf(median), y, 'dot'),
        ];
        return [
          ...labels.draw(index, top),
          ...(count === 0 ? [text(labels.width + 4, y, 'none')] : median === null ? [text(labels.width + 4, y, 'half not reached')] : bar),
          ...(limit === null ? [] : [line(xOf(limit), y - 11, xOf(limit), y + 11, 'bound')]),
        ];
      }),
    ],
  };
} // prettier-ignore

/** Lengths of time that people name, within the axis, as many as have room for their words. */
function ticksBetween([least, most]: readonly number[], day: ClockDay, xOf: (minutes: number) => number, [left, right]: readonly [number, number]) {
  const named = [1, 5, 15, 30, 60, 120, 240, 480, ...[1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000].map((days) => days * day.minutes)];
  const inside = named.filter((minutes, at) => minutes >= least! && minutes <= most! && (minutes < day.minutes || at >= 8));
  const kept: { at: number; words: string; middle: number; from: number; to: number }[] = [];
  // What people reckon in comes first: a day, an hour, the limits of ratings; the others where room is left.
  const order = [day.minutes, 60, 240, 30, 3 * day.minutes];
  for (const minutes of [...order.filter((one) => inside.includes(one)), ...inside]) {
    const words = lasting(minutes, day);
    const half = widthOf(words) / 2;
    const at = xOf(minutes);
    const middle = Math.min(Math.max(at, left + half), right - half);
    const [from, to] = [middle - half - 5, middle + half + 5];
    if (kept.every((other) => from >= other.to || to <= other.from)) kept.push({ at, words, middle, from, to });
  }
  return kept;
} // prettier-ignore
