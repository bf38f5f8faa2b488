import { funnelLimits, funnelPlace, type FunnelLimits, type FunnelPlace } from '#domain';
import { max, sum, ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line as lineThrough } from 'd3-shape';
import { chartOf, emptyChart, number, type About, type Chart, type Noun } from './chart.ts';
import { capital, counted, listed, ofNoun, percent } from './in-words.ts';
import { drawn, key, line, mark, path, text, type Drawing, type Room, type Shape } from './svg.ts';
import { fitted, LINE, widthOf } from './text-width.ts';

export interface FunnelChartGroup {
  readonly label: string;
  readonly numerator: number;
  /** Of a group with 0 there is no share. */
  readonly denominator: number;
}

export interface FunnelChartData {
  readonly about: About;
  /** What a point is, such as an agency. */
  readonly group: Noun;
  /** What happened, such as `decided within one working day`. */
  readonly did: string;
  readonly groups: readonly FunnelChartGroup[];
}

interface Placed extends FunnelChartGroup {
  readonly share: number;
  readonly limits: FunnelLimits;
  readonly place: FunnelPlace;
}

const PLACES: Readonly<Record<FunnelPlace, string>> = {
  'as expected': 'As chance explains',
  unusual: 'Outside the 95% limits',
  'beyond chance': 'Outside the 99.8% limits',
};
/** More names than these stand in the table alone. */
const NAMED_AT_MOST = 9;

/** Whether groups of unlike size differ by more than chance: never a league, so its table is in the order of names. */
export function funnelChart(data: FunnelChartData): Chart {
  const { about, group, did } = data;
  const columns = [capital(group.one), number(capital(did)), number(capital(about.unit.many)), number('Share'), 'Against chance']; // prettier-ignore
  const inOrder = [...data.groups].sort((one, other) => one.label.localeCompare(other.label, 'en-GB'));
  const all = sum(inOrder, ({ denominator }) => denominator);
  if (all === 0) return emptyChart(about, columns);
  const share = sum(inOrder, ({ numerator }) => numerator) / all;
  const judged = inOrder.map((one) => (one.denominator === 0 ? null : placeOf(one, share)));
  const placed = judged.filter((one) => one !== null);
  const rows = inOrder.map(({ label, numerator, denominator }, at) => {
    const found = judged[at] ?? null;
    const against = found === null ? ['None', ''] : [percent(found.share), againstChance(found, share)];
    return [label, counted(numerator), counted(denominator), ...against];
  });
  const beyond = placed.filter(({ place }) => place === 'beyond chance');
  const of = `of ${ofNoun(placed.length, group)} ${beyond.length < 2 ? 'lies' : 'lie'} outside what chance explains`;
  const headline = placed.length === 1 ? `One ${group.one} alone cannot be compared` : `${beyond.length === 0 ? 'None' : counted(beyond.length)} ${of}`; // prettier-ignore
  return chartOf(about, { headline, says: saysOf(data, placed, share), svg: drawn((room) => drawingOf(room, data, placed, share)), table: { columns, rows } }); // prettier-ignore
}

function placeOf(group: FunnelChartGroup, all: number): Placed {
  const share = group.numerator / group.denominator;
  const limits = funnelLimits(all, group.denominator);
  return { ...group, share, limits, place: funnelPlace(share, limits) };
}

function againstChance({ place, share }: Placed, all: number): string {
  return place === 'as expected'
    ? PLACES[place]
    : `${share > all ? 'Higher' : 'Lower'}: ${PLACES[place].toLowerCase()}`;
}

function saysOf({ about: { unit }, did, group }: FunnelChartData, placed: readonly Placed[], share: number): string {
  const beyond = placed.filter(({ place }) => place === 'beyond chance');
  const unusual = placed.filter(({ place }) => place === 'unusual').length;
  const named = beyond.slice(0, NAMED_AT_MOST).map((one) => `${one.label} (${percent(one.share)} of ${counted(one.denominator)})`); // prettier-ignore
  const more = beyond.length - named.length;
  const expected = counted(Math.round(placed.length * 0.05));
  return [
    `Of all ${unit.many}, ${percent(share)} were ${did}.`,
    ...(named.length === 0 ? [] : [`Outside: ${listed([...named, ...(more > 0 ? [`${counted(more)} more`] : [])])}.`]),
    `${unusual === 0 ? 'None lies' : `${counted(unusual)} ${unusual === 1 ? 'lies' : 'lie'}`} between the 95% and the 99.8% limits, where chance alone would put about ${expected} of ${ofNoun(placed.length, group)}.`,
  ].join(' ');
}

const PLOT = { top: 24, height: 220 };

function drawingOf(room: Room, { about }: FunnelChartData, placed: readonly Placed[], share: number): Drawing {
  const most = max(placed, ({ denominator }) => denominator)!;
  const curve = sizesUpTo(most).map((size) => ({ size, limits: funnelLimits(share, size) }));
  const highest = Math.max(...placed.map((one) => one.share), curve[Math.floor(curve.length / 4)]!.limits.upper998);
  const lowest = Math.min(...placed.map((one) => one.share), curve[Math.floor(curve.length / 4)]!.limits.lower998);
  const bottom = PLOT.top + PLOT.height;
  const spare = highest === lowest ? 0.05 : 0.02;
  const y = scaleLinear([Math.max(0, lowest - spare), Math.min(1, highest + spare)], [bottom, PLOT.top]).clamp(true);
  const shares = y.ticks(5);
  const said = (value: number) => `${counted(value * 100)}%`;
  const left = Math.max(...shares.map((value) => widthOf(said(value)))) + 8;
  const right = room.width - 12;
  const x = scaleLinear([0, most * 1.05], [left + 8, right]);
  const curveOf = (limit: (limits: FunnelLimits) => number, look: string) =>
    path(lineThrough<(typeof curve)[number]>(({ size }) => x(size), ({ limits }) => y(limit(limits))).digits(1)(curve), look);
  const pointOf = (one: Placed): Point => ({ x: x(one.denominator), y: y(one.share) });
  const beyond = placed.filter(({ place }) => place === 'beyond chance');
  const legend = key(room, bottom + LINE + 12, meaningsOf(placed));
  const below = bottom + LINE + 12 + legend.height;
  const names = beyond.slice(0, NAMED_AT_MOST).map((one, at) => `${at + 1} ${one.label}`);
  return {
    height: below + names.length * LINE + 4,
    parts: [
      text(0, 8, `Share, by number of ${about.unit.many}`, 'start', 'name'),
      ...shares.flatMap((value) => [line(left, y(value), right, y(value), 'grid'), text(left - 6, y(value), said(value), 'end')]),
      ...wholeTicks(most, (right - left) / (widthOf(counted(most)) + 12)).map((value) => text(Math.min(x(value), room.width - widthOf(counted(value)) / 2), bottom + 14, counted(value), 'middle')),
      line(left, y(share), right, y(share), 'mean'),
      curveOf(({ lower95 }) => lower95, 'near'),
      curveOf(({ upper95 }) => upper95, 'near'),
      curveOf(({ lower998 }) => lower998, 'limit'),
      curveOf(({ upper998 }) => upper998, 'limit'),
      ...placed.map((one) => mark(x(one.denominator), y(one.share), shapeOf(one, share), one.place === 'beyond chance' ? 'signal' : 'open')),
      ...numbersOf(beyond.slice(0, NAMED_AT_MOST).map(pointOf), placed.map(pointOf), [left, right]),
      ...legend.parts,
      ...names.map((name, at) => text(0, below + (at + 0.5) * LINE, fitted(name, room.width))),
    ],
  };
} // prettier-ignore

/** Of groups, close together where the funnel is steep. */
function sizesUpTo(most: number): number[] {
  const steps = Array.from({ length: 25 }, (_, at) => Math.max(1, Math.round(most * 1.05 * ((at + 1) / 25) ** 2)));
  return [...new Set([1, ...steps])];
}

/** Whole numbers, as many as have room. */
function wholeTicks(most: number, room: number): number[] {
  const choices = [6, 4, 3, 2, 1].map((count) => ticks(0, most, count).filter(Number.isInteger));
  return choices.find(({ length }) => length <= room) ?? [];
}

function shapeOf({ place, share }: Placed, all: number): Shape {
  if (place === 'as expected') return 'ring';
  return place === 'unusual' ? 'diamond' : share > all ? 'up' : 'down';
}

function meaningsOf(placed: readonly Placed[]) {
  const has = (place: FunnelPlace) => placed.some((one) => one.place === place);
  const entries: (readonly [Shape, string, string])[] = [];
  if (has('as expected')) entries.push(['ring', PLACES['as expected'].toLowerCase(), 'open']);
  if (has('unusual')) entries.push(['diamond', 'outside 95% limits', 'open']);
  if (has('beyond chance'))
    entries.push(['up', 'higher, outside 99.8% limits', 'signal'], ['down', 'lower, outside 99.8% limits', 'signal']);
  return entries;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The numbers of names, each beside its point where nothing else stands; where none has room, the name says enough. */
function numbersOf(named: readonly Point[], all: readonly Point[], [left, right]: readonly [number, number]): string[] {
  const taken: Point[] = [];
  return named.flatMap((point, at) => {
    const places = [[14, 0], [-14, 0], [0, 16], [0, -16]].map(([dx, dy]) => ({ x: point.x + dx!, y: point.y + dy! }));
    const isFar = (one: Point, other: Point) => Math.abs(other.x - one.x) > 12 || Math.abs(other.y - one.y) > 15;
    const isFree = (place: Point) =>
      place.x > left + 8 && place.x < right - 4 && place.y > PLOT.top - 2 && place.y < PLOT.top + PLOT.height - 2 && [...taken, ...all].every((other) => isFar(place, other));
    const free = places.find(isFree);
    if (free === undefined) return [];
    taken.push(free);
    return [text(free.x, free.y, String(at + 1), 'middle', 'name')];
  });
} // prettier-ignore
