import { isolatedPlainly } from '../answer/isolate-direction.ts';
import { fitted, LINE } from './text-width.ts';

/** A width for which a chart is drawn: text has one size in both, so that it can be read on a telephone. */
export interface Room {
  readonly width: number;
  readonly isNarrow: boolean;
}

export interface Drawing {
  readonly height: number;
  /** SVG elements, first what lies beneath. */
  readonly parts: readonly string[];
}

const ROOMS: readonly Room[] = [
  { width: 600, isNarrow: false },
  { width: 300, isNarrow: true },
];

/**
 * The drawing for a wide and for a narrow place; _chart.scss shows the one that fits. It is hidden from screen readers,
 * because the words and the table beside it say the same, and it holds no style, no script and no id.
 */
export function drawn(draw: (room: Room) => Drawing): string {
  return ROOMS.map((room) => {
    const { height, parts } = draw(room);
    const size = room.isNarrow ? 'narrow' : 'wide';
    const viewBox = `0 0 ${room.width} ${Math.ceil(height)}`;
    return `<svg class="mash-chart__drawing mash-chart__drawing--${size}" viewBox="${viewBox}" aria-hidden="true" focusable="false">${parts.join('')}</svg>`;
  }).join('');
}

/** The text as SVG holds it. Marks that turn the direction of writing are shown instead of obeyed, as on every page. */
export function escaped(text: string): string {
  const harmless = text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`).replaceAll(CONTROL, '\uFFFD');
  return isolatedPlainly(harmless);
}

const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g;

export type Anchor = 'start' | 'middle' | 'end';

/** A line of text around the height `y`. */
export function text(x: number, y: number, words: string, anchor: Anchor = 'start', look = ''): string {
  const where = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${n(x)}" y="${n(y)}" dy=".35em"${where}${classOf(look)}>${escaped(words)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, look: string): string {
  return `<path d="M${n(x1)},${n(y1)}L${n(x2)},${n(y2)}"${classOf(look)}/>`;
}

export function rect(x: number, y: number, width: number, height: number, look: string): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}"${classOf(look)}/>`;
}

/** @param d made by d3-shape, or null for nothing */
export function path(d: string | null, look: string): string {
  return d === null ? '' : `<path d="${d}"${classOf(look)}/>`;
}

/** A point as a shape: its shape says what it means, and its colour only says it again. */
export function mark(x: number, y: number, shape: Shape, look = shape === 'ring' ? 'open' : 'dot'): string {
  const at = `${n(x)},${n(y)}`;
  const d = {
    dot: `M${at}m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z`,
    ring: `M${at}m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z`,
    up: `M${at}m-7,5h14l-7,-12z`,
    down: `M${at}m-7,-5h14l-7,12z`,
    diamond: `M${at}m-7,0l7,-7l7,7l-7,7z`,
    square: `M${at}m-5,-5h10v10h-10z`,
  }[shape];
  return path(d, look);
}

export type Shape = 'dot' | 'ring' | 'up' | 'down' | 'diamond' | 'square';

/** What the shapes of a drawing mean, one beneath the other. */
export function key(
  room: Room,
  y: number,
  entries: readonly (readonly [shape: Shape, words: string, look: string])[],
): Drawing {
  return {
    height: entries.length * LINE,
    parts: entries.flatMap(([shape, words, look], index) => {
      const middle = y + (index + 0.5) * LINE;
      return [mark(8, middle, shape, look), text(22, middle, fitted(words, room.width - 22))];
    }),
  };
}

/** Heights of labels, moved apart where they would lie over each other. @param ys in any order */
export function apart(ys: readonly number[], least: number, most: number): number[] {
  const inOrder = ys.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  for (const [at, one] of inOrder.entries()) one.y = Math.max(one.y, at === 0 ? least : inOrder[at - 1]!.y + LINE - 2);
  for (const [at, one] of [...inOrder.entries()].reverse()) {
    one.y = Math.min(one.y, at === inOrder.length - 1 ? most : inOrder[at + 1]!.y - LINE + 2);
  }
  const moved = [...ys];
  for (const { y, index } of inOrder) moved[index] = y;
  return moved;
}

/** To a tenth of a pixel. */
export const n = (value: number) => String(Math.round(value * 10) / 10 + 0);

const classOf = (look: string) => (look === '' ? '' : ` class="${look}"`);
