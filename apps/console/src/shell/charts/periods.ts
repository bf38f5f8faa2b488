import { utcMonth } from 'd3-time';
import { widthOf } from './text-width.ts';

/** What a point of a chart over time is about. */
export type Every = 'month' | 'week';

/** Such as `August 2026`, or `the week of 3 August 2026`. @param from local date, `YYYY-MM-DD` */
export function periodInWords(from: string, every: Every): string {
  const date = Temporal.PlainDate.from(from);
  return every === 'month' ? `${monthOf(date)} ${date.year}` : `the week of ${dateInWords(date)}`;
}

/** Such as `3 August 2026`. */
export const dateInWords = (date: Temporal.PlainDate) => `${date.day} ${monthOf(date)} ${date.year}`;

export interface Tick {
  readonly x: number;
  readonly words: string;
  /** The year, beneath the first label and the first of each year. */
  readonly year: string | null;
}

/** Labels of periods along an axis: all of them, or as many as do not touch, the last one always. */
export function periodTicks(periods: readonly { readonly from: string; readonly x: number }[], every: Every): Tick[] {
  const labels = periods.map(({ from, x }) => {
    const date = Temporal.PlainDate.from(from);
    const month = shortMonth(date);
    return { x, words: every === 'month' ? month : `${date.day} ${month}`, year: String(date.year) };
  });
  const room = Math.max(0, ...labels.map(({ words, year }) => Math.max(widthOf(words), widthOf(year)))) + 6;
  const gap = labels.length < 2 ? room : labels[1]!.x - labels[0]!.x;
  const step = Math.max(1, Math.ceil(room / gap));
  return withYears(labels.filter((_, index) => (labels.length - 1 - index) % step === 0));
}

/** Beginnings of months between two instants of UTC, as many as have room. */
export function monthTicks(from: Date, to: Date, xOf: (at: Date) => number): Tick[] {
  const months = Math.max(1, utcMonth.count(from, to));
  const room = Math.abs(xOf(to) - xOf(from)) / (widthOf('Mmm 0000') + 6);
  const step = [1, 2, 3, 6, 12, 24, 60].find((one) => months / one <= room) ?? 120;
  const ticks = utcMonth.range(utcMonth.ceil(from), new Date(to.getTime() + 1)).filter((month) => {
    return (month.getUTCFullYear() * 12 + month.getUTCMonth()) % step === 0;
  });
  return withYears(
    ticks.map((at) => ({ x: xOf(at), words: shortMonth(plain(at)), year: String(at.getUTCFullYear()) })),
  );
}

/** The instant of UTC at which a local date begins in the charts: they know days, not zones. */
export const dayOf = (date: Temporal.PlainDate) => new Date(Date.UTC(date.year, date.month - 1, date.day));

const plain = (at: Date) => Temporal.PlainDate.from(at.toISOString().slice(0, 10));

/** Of three letters: `Sept` would be wider than its month. */
const shortMonth = (date: Temporal.PlainDate) => monthOf(date).slice(0, 3);

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore

const monthOf = (date: Temporal.PlainDate) => MONTHS[date.month - 1]!;

function withYears(labels: readonly { readonly x: number; readonly words: string; readonly year: string }[]): Tick[] {
  return labels.map((label, at) => ({ ...label, year: label.year === labels[at - 1]?.year ? null : label.year }));
}
