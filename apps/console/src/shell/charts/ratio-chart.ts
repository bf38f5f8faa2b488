import type { Ratio, RatioVerdict } from '#domain';
import { scaleLog } from 'd3-scale';
import { chartOf, emptyChart, number, type About, type Chart, type Noun } from './chart.ts';
import { capital, counted, listed, ofNoun } from './in-words.ts';
import { rowLabels } from './row-labels.ts';
import { drawn, key, line, mark, text, type Drawing, type Room } from './svg.ts';
import { LINE, widthOf } from './text-width.ts';

export interface RatioChartData {
  readonly about: About;
  /** What a row is, such as an ethnic group. */
  readonly group: Noun;
  /** What the ratios are of, such as `referrals per 10,000 children`. */
  readonly of: string;
  /** With what each is compared, such as `all other children`. */
  readonly comparedWith: string;
  readonly rows: readonly {
    readonly label: string;
    readonly count: number;
    /** Null where there is none in the group, or none in the others. */
    readonly ratio: Ratio | null;
  }[];
}

const TOO_FEW = 'Too few to say';
const SAME = 'About the same';
const AGAINST: Readonly<Record<RatioVerdict, string>> = {
  ...{ more: 'More often', less: 'Less often', 'about the same': SAME, 'too few to say': TOO_FEW },
};
const verdictOf = (ratio: Ratio | null) => ratio?.verdict ?? 'too few to say';
const isDifferent = (ratio: Ratio | null) => ['more', 'less'].includes(verdictOf(ratio));

/** How many times as often something comes in one group as in the others, with what chance explains. */
export function ratioChart(data: RatioChartData): Chart {
  const { about, group, rows, of: what, comparedWith } = data;
  const columns = [capital(group.one), number(capital(about.unit.many)), number('Ratio'), number('From'), number('To'), 'Against 1']; // prettier-ignore
  if (rows.length === 0) return emptyChart(about, columns);
  const table = {
    columns,
    rows: rows.map(({ label, count, ratio }) => [
      label,
      counted(count),
      ...(ratio === null ? ['None', 'None', 'None'] : [times(ratio.ratio), times(ratio.lower), times(ratio.upper)]),
      AGAINST[verdictOf(ratio)],
    ]),
  };
  const differ = rows.filter(({ ratio }) => isDifferent(ratio));
  const headline = `${differ.length === 0 ? 'None' : counted(differ.length)} of ${ofNoun(rows.length, group)} ${differ.length < 2 ? 'differs' : 'differ'} by more than chance in ${what}`;
  const said = differ.map(({ label, ratio }) => `${label}: ${times(ratio!.ratio)} times as many as ${comparedWith}`);
  const of = (verdict: RatioVerdict) =>
    rows.filter(({ ratio }) => verdictOf(ratio) === verdict).map(({ label }) => label);
  const [same, few] = [of('about the same'), of('too few to say')];
  const says = [
    ...(said.length === 0 ? [] : [`${said.join('; ')}.`]),
    ...(same.length === 0 ? [] : [`${SAME}: ${listed(same)}.`]),
    ...(few.length === 0 ? [] : [`${TOO_FEW}: ${listed(few)}.`]),
  ].join(' ');
  return chartOf(about, { headline, says, svg: drawn((room) => drawingOf(room, data)), table });
}

/** A ratio with two digits that count. */
function times(ratio: number): string {
  return ratio >= 10
    ? counted(Math.round(ratio))
    : ratio >= 1
      ? ratio.toFixed(1)
      : ratio.toPrecision(ratio < 0.001 ? 1 : 2);
}

const ROW = 32;
const TOP = 6;

function drawingOf(room: Room, { rows }: RatioChartData): Drawing {
  const labels = rowLabels(room, rows.map(({ label }) => label), ROW);
  const right = room.width - 16;
  const ends = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio.lower, ratio.upper]));
  const x = scaleLog([Math.min(0.5, ...ends) / 1.1, Math.max(2, ...ends) * 1.1], [labels.width + 4, right]).clamp(true);
  const bottom = TOP + rows.length * labels.rowHeight;
  const meanings = key(room, bottom + LINE + 10, [['dot', 'differs by more than chance', 'dot'], ['ring', `${SAME.toLowerCase()}, or ${TOO_FEW.toLowerCase()}`, 'open']]);
  return {
    height: bottom + LINE + 10 + meanings.height,
    parts: [
      ...ticksOf(x.domain(), (value) => x(value), room.width).flatMap(({ at, words }) => [
        line(at, TOP, at, bottom, words === '1' ? 'bound' : 'grid'),
        text(at, bottom + 12, words, 'middle'),
      ]),
      ...rows.flatMap(({ ratio }, index) => {
        const top = TOP + index * labels.rowHeight;
        const y = top + labels.middle;
        if (ratio === null) return [...labels.draw(index, top), text(x(1) + 8, y, TOO_FEW.toLowerCase())];
        return [
          ...labels.draw(index, top),
          line(x(ratio.lower), y, x(ratio.upper), y, 'interval'),
          mark(x(ratio.ratio), y, isDifferent(ratio) ? 'dot' : 'ring'),
        ];
      }),
      ...meanings.parts,
    ],
  };
} // prettier-ignore

/** Doublings and halvings, as many as have room around 1. */
function ticksOf([least, most]: readonly number[], xOf: (value: number) => number, width: number) {
  const kept: { at: number; words: string; from: number; to: number }[] = [];
  for (const value of [1, 2, 0.5, 4, 0.25, 8, 0.125, 10, 0.1, 20, 0.05, 50, 100, 0.01, 1000, 0.001]) {
    const words = counted(value) === '0' || value < 1 ? String(value) : counted(value);
    const [at, half] = [xOf(value), widthOf(words) / 2 + 5];
    const isInside = value >= least! && value <= most! && at + half <= width + 5;
    if (isInside && kept.every(({ from, to }) => at - half >= to || at + half <= from)) kept.push({ at, words, from: at - half, to: at + half });
  }
  return kept;
} // prettier-ignore
