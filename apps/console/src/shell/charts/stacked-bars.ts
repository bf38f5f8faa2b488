import { max, sum } from 'd3-array';
import { chartOf, emptyChart, number, type About, type Chart, type Noun } from './chart.ts';
import { capital, counted, listed, ofNoun } from './in-words.ts';
import { rowLabels } from './row-labels.ts';
import { drawn, rect, text, type Drawing, type Room } from './svg.ts';
import { inLines, LINE, widthOf } from './text-width.ts';

export interface StackedBarsCell {
  readonly count: number;
  /** How many of them are past their limit. */
  readonly late: number;
}

export interface StackedBarsData {
  readonly about: About;
  /** What a row is, such as a rating. */
  readonly group: Noun;
  /** Such as `under 4 h`, in their order. */
  readonly bands: readonly string[];
  /** A cell for each band. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly StackedBarsCell[] }[];
  /** Such as `the oldest red is 3 h 41 old`, null where there is nothing to say of the oldest. */
  readonly oldest: string | null;
}

/** How many are in each band, with the number of each in the drawing. */
export function stackedBars(data: StackedBarsData): Chart {
  const { about, bands, group, rows } = data;
  const columns = [capital(group.one), ...bands.map((band) => number(capital(band))), number('All'), number('Past the limit')]; // prettier-ignore
  const figures = rows.map(({ label, cells }) => ({ label, cells, all: allOf(cells), late: lateOf(cells) }));
  const table = {
    columns,
    rows: figures.map(({ label, cells, all, late }) => [
      label,
      ...cells.map(({ count }) => counted(count)),
      counted(all),
      counted(late),
    ]),
  };
  const all = sum(figures, (row) => row.all);
  if (all === 0) return { ...emptyChart(about, columns), table };
  const lateRows = figures.filter(({ late }) => late > 0);
  const late = sum(lateRows, (row) => row.late);
  const parts = lateRows.map((row) => `${row.label} ${counted(row.late)}`);
  const share = late === all && all > 1 ? 'All' : `${late === 0 ? 'None' : counted(late)} of`;
  const headline = `${share} ${ofNoun(all, about.unit)} ${late < 2 ? 'is past its limit' : 'are past their limit'}`;
  const byRow = figures.map((row) => `${row.label} ${counted(row.all)}`);
  const says = [
    `${ofNoun(all, about.unit)}: ${listed(byRow)}.`,
    ...(parts.length === 0 ? [] : [`Past the limit: ${listed(parts)}.`]),
    ...(data.oldest === null ? [] : [`${capital(data.oldest)}.`]),
  ].join(' ');
  return chartOf(about, { headline, says, svg: drawn((room) => drawingOf(room, data)), table });
}

const allOf = (cells: readonly StackedBarsCell[]) => sum(cells, ({ count }) => count);
const lateOf = (cells: readonly StackedBarsCell[]) => sum(cells, ({ late }) => late);

const BAR = 28;
const GAP = 12;

/** A part of a band: those in time, or those past their limit. */
interface Segment {
  readonly count: number;
  readonly isLate: boolean;
  readonly band: string;
  readonly width: number;
}

function drawingOf(room: Room, { rows, bands }: StackedBarsData): Drawing {
  const labels = rowLabels(room, rows.map(({ label }) => label), BAR); // prettier-ignore
  const segments = segmentsOf(rows, bands, room.width - labels.width - 2);
  const parts: string[] = [];
  let top = 4;
  for (const [index, row] of segments.entries()) {
    const middle = top + labels.middle;
    parts.push(...labels.draw(index, top));
    let x = labels.width;
    const beneath: string[] = [];
    for (const { count, isLate, band, width } of row) {
      const words = `${band}${isLate ? ', late' : ''}: ${counted(count)}`;
      const isWide = widthOf(words, isLate) + 12 <= width - 2;
      parts.push(rect(x, middle - BAR / 2, width - 2, BAR, isLate ? 'late-part' : 'part'));
      parts.push(text(x + 6, middle, isWide ? words : counted(count), 'start', isLate ? 'on-late' : 'on-part'));
      if (!isWide) beneath.push(words);
      x += width;
    }
    if (row.length === 0) parts.push(text(labels.width, middle, 'none'));
    top += labels.rowHeight;
    for (const line of inLines(beneath, ' · ', room.width - labels.width)) {
      parts.push(text(labels.width, top + LINE / 2, line));
      top += LINE;
    }
    top += GAP;
  }
  return { height: top, parts };
}

/**
 * The parts of each row, as long as their counts, but none shorter than its number needs: the longest row fills the
 * room.
 */
function segmentsOf(rows: StackedBarsData['rows'], bands: readonly string[], room: number): Segment[][] {
  const parts = rows.map(({ cells }) =>
    cells
      .flatMap(({ count, late }, at) => [
        { count: count - late, isLate: false, band: bands[at]! },
        { count: late, isLate: true, band: bands[at]! },
      ])
      .filter(({ count }) => count > 0)
      .map((part) => ({ ...part, least: widthOf(counted(part.count), part.isLate) + 14 })),
  );
  const widthAt = (scale: number, { count, least }: { count: number; least: number }) => Math.max(least, count * scale);
  const widest = (scale: number) => max(parts, (row) => sum(row, (one) => widthAt(scale, one))) ?? 0;
  let [fits, tooWide] = [0, room];
  for (let step = 0; step < 50; step++) {
    const between = (fits + tooWide) / 2;
    if (widest(between) <= room) fits = between;
    else tooWide = between;
  }
  return parts.map((row) => row.map((one) => ({ ...one, width: widthAt(fits, one) })));
}
