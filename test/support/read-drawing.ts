import { load } from 'cheerio';

export interface DrawnText {
  readonly x: number;
  readonly y: number;
  readonly words: string;
}

export interface DrawnPath {
  readonly look: string;
  /** Where the pen goes down, and every place that a line is drawn to. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ReadDrawing {
  readonly texts: readonly DrawnText[];
  readonly paths: readonly DrawnPath[];
  /** Of the paths of a look, the places where they begin: of a shape, the point that it marks. */
  readonly at: (look: string) => readonly { readonly x: number; readonly y: number }[];
}

/** What a chart's drawing for a wide or a narrow place shows, read from its SVG. */
export function readDrawing(svg: string, size: 'wide' | 'narrow' = 'wide'): ReadDrawing {
  const page = load(svg, { xml: false }, false);
  const drawing = page(`svg.mash-chart__drawing--${size}`);
  const texts = drawing.find('text').toArray().map((text) => ({
    x: Number(page(text).attr('x')),
    y: Number(page(text).attr('y')),
    words: page(text).text(),
  })); // prettier-ignore
  const paths = drawing.find('path').toArray().map((path) => ({
    look: page(path).attr('class') ?? '',
    points: [...(page(path).attr('d') ?? '').matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) })),
  })); // prettier-ignore
  const at = (look: string) => paths.filter((path) => path.look === look).map(({ points }) => points[0]!);
  return { texts, paths, at };
}

/**
 * What an axis says of places along it.
 *
 * @param ticks places with their values, of which the outermost two are used
 * @param isLog whether each doubling is the same step
 */
export function readAxis(ticks: readonly { readonly at: number; readonly value: number }[], isLog = false): (at: number) => number {
  const scaled = (value: number) => (isLog ? Math.log(value) : value);
  const inOrder = [...ticks].sort((one, other) => one.at - other.at);
  const [first, last] = [inOrder[0]!, inOrder.at(-1)!];
  const slope = (scaled(last.value) - scaled(first.value)) / (last.at - first.at);
  return (at) => {
    const value = scaled(first.value) + (at - first.at) * slope;
    return isLog ? Math.exp(value) : value;
  };
} // prettier-ignore

/** The number that a text or a cell says, such as 12345 of `12,345`, or 0.862 of `86.2%`. */
export function numberIn(words: string): number {
  const value = Number(words.replaceAll(/[,%]/g, ''));
  return words.endsWith('%') ? value / 100 : value;
}
