import { xmr, xmrAim, type Xmr, type XmrPoint, type XmrSignal } from '#domain';
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';
import { chartOf, emptyChart, number, type About, type Chart } from './chart.ts';
import { capital, counted, listed, ofNoun, percent, shareOf } from './in-words.ts';
import { periodInWords, periodTicks, type Every } from './periods.ts';
import { apart, drawn, key, line, mark, path, text, type Drawing, type Room, type Shape } from './svg.ts';
import { LINE, widthOf } from './text-width.ts';

export interface XmrChartPoint {
  /** The first local day of the period, `YYYY-MM-DD`. */
  readonly from: string;
  readonly numerator: number;
  /** Of a share; null where the numerator alone is the value. A period with 0 has no point. */
  readonly denominator: number | null;
  /** In neither of them: they may still become either. */
  readonly notYetDue: number;
}

export interface XmrChartData {
  readonly about: About;
  /** What happened to what is counted, such as `decided within one working day`. */
  readonly did: string;
  readonly every: Every;
  /** In the order of time; the baseline begins with the first one. */
  readonly points: readonly XmrChartPoint[];
  readonly isLastComplete: boolean;
  /** First days of the periods with which a person began a new baseline. */
  readonly rebasedAt: readonly string[];
  /** A share from 0 to 1, or a count; null where there is none. */
  readonly aim: number | null;
  /** Null where neither is, as with how many are received. */
  readonly better: 'more' | 'less' | null;
}

interface Shown extends XmrChartPoint, XmrPoint {
  readonly name: string;
  readonly isComplete: boolean;
}

/** Earlier changes than these stand in the table. */
const SAID_AT_MOST = 3;

const SIGNALS: Readonly<Record<XmrSignal, string>> = {
  'outside limits': 'outside the limits',
  run: 'one of 7 or more in a row on one side of the mean',
  trend: 'one of 7 or more in a row that rise or fall',
  'near limit': 'one of 2 in 3 near a limit',
};

/** A share or a count over time, with what chance explains of it. */
export function xmrChart(data: XmrChartData): Chart {
  const { about, every, points, did } = data;
  const isShare = points.some(({ denominator }) => denominator !== null);
  const columns = [
    capital(every),
    ...(isShare
      ? [number(capital(did)), number(`${capital(about.unit.many)} due`), number('Share')]
      : [number(capital(about.unit.many))]),
    number('Not yet due'),
    'Against chance',
  ];
  const withValue = points.filter(({ denominator }) => denominator !== 0);
  if (withValue.length === 0) return emptyChart(about, columns);

  const isLastComplete = data.isLastComplete || withValue.at(-1) !== points.at(-1);
  const values = withValue.map(({ numerator, denominator }) => numerator / (denominator ?? 1));
  // A new baseline begins with the first value from that day on.
  const rebased = data.rebasedAt.map((day) => withValue.findIndex(({ from }) => from >= day)).filter((at) => at >= 0);
  const chart = xmr(values, isLastComplete, rebased);
  const shown = chart.points.map((point, at): Shown => {
    const isComplete = isLastComplete || at < chart.points.length - 1;
    return { ...withValue[at]!, ...point, isComplete, name: periodInWords(withValue[at]!.from, every) };
  });
  const words = new XmrWords(data, isShare, chart, shown);
  const byPeriod = new Map(shown.map((point) => [point.from, point]));
  const rows = points.map((point) => {
    const { numerator, denominator, notYetDue, from } = point;
    const found = byPeriod.get(from);
    return [
      capital(periodInWords(from, every)) + (point === points.at(-1) && !data.isLastComplete ? ', not complete' : ''),
      counted(numerator),
      ...(isShare ? [counted(denominator ?? 0), found === undefined ? 'None due' : percent(found.value)] : []),
      counted(notYetDue),
      found === undefined ? '' : words.against(found),
    ];
  });
  const svg = drawn((room) => drawingOf(room, data, isShare, chart, shown));
  return chartOf(about, { headline: words.headline(), says: words.says(), svg, table: { columns, rows } });
}

class XmrWords {
  /** Of the points in a row that chance does not explain, on one side each. */
  private readonly stretches: Shown[][] = [];

  constructor(
    private readonly data: XmrChartData,
    private readonly isShare: boolean,
    private readonly chart: Xmr,
    private readonly shown: readonly Shown[],
  ) {
    let last: Shown | undefined;
    for (const point of shown) {
      if (point.signals.length > 0) {
        const goesOn = last !== undefined && last.signals.length > 0 && isHigh(last) === isHigh(point);
        if (goesOn) this.stretches.at(-1)!.push(point);
        else this.stretches.push([point]);
      }
      last = point;
    }
  }

  headline(): string {
    const { about, did, every } = this.data;
    const of = `${about.unit.many} ${did}`;
    if (this.chart.limits === null) return `Too few ${every}s to tell change from chance in ${of}`;
    const stretch = this.stretches.at(-1);
    if (stretch === undefined) return `No change beyond chance in ${this.isShare ? 'the share of ' : ''}${of}`;
    const [more, fewer] = this.isShare ? ['Larger share of', 'Smaller share of'] : ['More', 'Fewer'];
    return `${isHigh(stretch[0]!) ? more : fewer} ${of} ${this.when(stretch)} than chance explains`;
  }

  says(): string {
    return [this.latest(), this.change(), this.aim()].filter((sentence) => sentence !== '').join(' ');
  }

  against(point: Shown): string {
    if (!point.isComplete) return 'Not complete';
    if (point.limits === null) return 'Too few to say';
    if (point.signals.length === 0) return 'As chance explains';
    return `${isHigh(point) ? 'Higher' : 'Lower'}: ${point.signals.map((signal) => SIGNALS[signal]).join('; ')}`;
  }

  private latest(): string {
    const { numerator, denominator, notYetDue, name, isComplete } = this.shown.at(-1)!;
    const { unit } = this.data.about;
    const figures = denominator === null ? ofNoun(numerator, unit) : shareOf(numerator, denominator, unit);
    const due = notYetDue === 0 ? '' : `; ${counted(notYetDue)} not yet due`;
    return `${capital(name)}${isComplete ? '' : ' so far'}: ${figures} ${this.data.did}${due}.`;
  }

  private change(): string {
    if (this.chart.limits === null) return `Limits need 6 complete ${this.data.every}s.`;
    const trial = this.chart.isTrial ? 'The limits are on trial, because they come from fewer than 13 points.' : '';
    if (this.stretches.length === 0) return `No change beyond chance since ${this.shown[0]!.name}. ${trial}`.trim();
    const side = (stretch: Shown[]) => `${isHigh(stretch[0]!) ? 'higher' : 'lower'} ${this.when(stretch)}`;
    const earlier = this.stretches.length - SAID_AT_MOST;
    const said = this.stretches.slice(-SAID_AT_MOST).map(side);
    const more =
      earlier > 0 ? ` ${ofNoun(earlier, { one: 'earlier change is', many: 'earlier changes are' })} in the table.` : '';
    return `More than chance explains: ${listed(said)}.${more} ${trial}`.trim();
  }

  private aim(): string {
    const { aim, better, every } = this.data;
    if (aim === null || better === null || this.chart.limits === null) return '';
    const words = {
      'will be met': `will be met in each ${every} as things are`,
      'will not be met': 'will not be met as things are',
      'hit or miss': `will be met in some ${every}s and not in others`,
    }[xmrAim(this.chart.limits, aim, better)];
    return `The aim of ${this.isShare ? percent(aim) : counted(aim)} ${words}.`;
  }

  private when(stretch: readonly Shown[]): string {
    const [first, last] = [stretch[0]!, stretch.at(-1)!];
    if (first === last) return `in ${first.name}`;
    if (last === this.shown.filter(({ isComplete }) => isComplete).at(-1)) return `since ${first.name}`;
    return stretch.length === 2 ? `in ${first.name} and ${last.name}` : `from ${first.name} to ${last.name}`;
  }
}

const isHigh = ({ value, limits }: XmrPoint) => value > limits!.mean;

/** Heights of the parts, in pixels. */
const PLOT = { top: 12, height: 190 };

function drawingOf(room: Room, { points, every, aim, better }: XmrChartData, isShare: boolean, chart: Xmr, shown: readonly Shown[]): Drawing {
  const said = (value: number) => (isShare ? `${counted(value * 100)}%` : counted(value));
  const most = isShare ? 1 : Infinity;
  const within = (value: number) => Math.min(most, Math.max(0, value));
  // A limit below nothing, or above all, can never be passed: it is not drawn.
  const canBePassed = (value: number) => value > 0 && value < most;
  const { limits } = chart;
  const ends = limits === null || limits.upper === limits.lower ? [] : [limits.upper, limits.lower].filter(canBePassed).map((value) => ['limit', value] as const);
  const lines = [
    ...ends,
    ...(limits === null ? [] : [['mean', limits.mean]] as const),
    ...(aim === null ? [] : [['aim', aim]] as const),
  ];
  const heights = [...shown.map(({ value }) => value), ...shown.flatMap((point) => point.limits === null ? [] : [point.limits.upper, point.limits.lower]), ...lines.map(([, value]) => value)].map(within);
  const [lowest, highest] = extent(heights) as [number, number];
  const spare = highest === lowest ? (isShare ? 0.05 : 1) : 0;
  const y = scaleLinear([lowest - spare, highest + spare], [PLOT.top + PLOT.height, PLOT.top]).nice(5);
  y.domain(y.domain().map(within));
  const gridlines = y.ticks(5);
  const left = Math.max(...gridlines.map((value) => widthOf(said(value)))) + 8;
  const right = room.width - widthOf('limit') - 12;
  const x = scaleLinear([0, Math.max(1, points.length - 1)], [left + 10, right - 12]);
  const xs = new Map(points.map(({ from }, at) => [from, x(points.length === 1 ? 0.5 : at)]));
  const xOf = ({ from }: Shown) => xs.get(from)!;
  const yOf = (value: number) => y(within(value));
  const bottom = PLOT.top + PLOT.height;
  const through = lineThrough<Shown>(xOf, ({ value }) => yOf(value)).digits(1);
  const labels = apart(lines.map(([, value]) => yOf(value)), PLOT.top, bottom);
  const sides = wordsOfSides(better);
  const marks = shown.map((point) => ({ point, shape: shapeOf(point) }));
  const lookOf = (shape: Shape) => (shape === 'ring' ? 'open' : shape === 'dot' ? 'dot' : isGood(shape, better) ? 'good' : 'signal');
  const meanings = ([['up', sides.high, lookOf('up')], ['down', sides.low, lookOf('down')], ['ring', `${every} not complete`, 'open']] as const).filter(([shape]) => marks.some((one) => one.shape === shape));
  const legend = key(room, bottom + 2 * LINE + 10, meanings);
  return {
    height: bottom + 2 * LINE + 10 + legend.height,
    parts: [
      ...gridlines.flatMap((value) => [line(left, y(value), right, y(value), 'grid'), text(left - 6, y(value), said(value), 'end')]),
      ...limitLines(shown, xOf, yOf, [left, right], canBePassed),
      ...(aim === null ? [] : [line(left, yOf(aim), right, yOf(aim), 'aim')]),
      ...lines.map(([word], at) => text(right + 5, labels[at]!, word)),
      path(through(shown), 'series'),
      ...marks.map(({ point, shape }) => mark(xOf(point), yOf(point.value), shape, lookOf(shape))),
      ...periodTicks(points.map(({ from }) => ({ from, x: xs.get(from)! })), every).flatMap(({ x: at, words, year }) => [
        text(at, bottom + 14, words, 'middle'),
        ...(year === null ? [] : [text(at, bottom + 14 + LINE, year, 'middle')]),
      ]),
      ...legend.parts,
    ],
  };
} // prettier-ignore

/** The mean and the limits of each baseline, from half a step before its first point to half a step after its last. */
function limitLines(shown: readonly Shown[], xOf: (point: Shown) => number, yOf: (value: number) => number, [left, right]: readonly [number, number], canBePassed: (limit: number) => boolean): string[] {
  return shown.flatMap((first, at) => {
    const { limits } = first;
    if (limits === null || shown[at - 1]?.limits === limits) return [];
    const end = shown.findLastIndex((point) => point.limits === limits);
    const from = at === 0 ? left : (xOf(shown[at - 1]!) + xOf(first)) / 2 + 2;
    const to = end === shown.length - 1 ? right : (xOf(shown[end]!) + xOf(shown[end + 1]!)) / 2 - 2;
    const drawn = [['mean', limits.mean], ...[limits.upper, limits.lower].filter(canBePassed).map((value) => ['limit', value] as const)] as const;
    return drawn.map(([look, value]) => line(from, yOf(value), to, yOf(value), look));
  });
} // prettier-ignore

function shapeOf(point: Shown): Shape {
  if (!point.isComplete) return 'ring';
  return point.signals.length === 0 ? 'dot' : isHigh(point) ? 'up' : 'down';
}

/** Whether a change is for the better: it is not drawn as a warning. */
const isGood = (shape: Shape, better: XmrChartData['better']) =>
  shape === (better === 'more' ? 'up' : better === 'less' ? 'down' : null);

function wordsOfSides(better: XmrChartData['better']): { high: string; low: string } {
  if (better === null) return { high: 'higher than chance explains', low: 'lower than chance explains' };
  const [good, bad] = ['better than chance explains', 'worse than chance explains'];
  return better === 'more' ? { high: good, low: bad } : { high: bad, low: good };
}
