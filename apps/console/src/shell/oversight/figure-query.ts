import { plannedDay } from '#domain';
import type { FigureAddress } from '#oversight';
import { Refused } from '#platform';

/**
 * Reads the address of a figure: `from` and `to` as local days, `asOf` as an instant, `by` as a breakdown.
 *
 * @throws Refused `figure-not-understood`
 */
export function readFigureQuery(asked: Readonly<Record<string, unknown>>): FigureAddress {
  const { from, to, asOf, by } = asked;
  const [first, end] = [dayIn(from), dayIn(to)];
  if ((first === null) !== (end === null)) throw new Refused('figure-not-understood');
  if (first !== null && Temporal.PlainDate.compare(first, end!) >= 0) throw new Refused('figure-not-understood');
  if (by !== undefined && typeof by !== 'string') throw new Refused('figure-not-understood');
  return {
    period: first === null ? null : { from: first, to: end! },
    asOf: instantIn(asOf),
    by: by === undefined || by === '' ? null : by,
  };
}

/** A local day; null where none is asked for. @throws Refused `figure-not-understood` */
export function dayIn(text: unknown): Temporal.PlainDate | null {
  if (text === undefined || text === '') return null;
  return understood(text, /^\d{4}-\d{2}-\d{2}$/, plannedDay);
}

/** An instant; null where none is asked for. @throws Refused `figure-not-understood` */
export function instantIn(text: unknown): Temporal.Instant | null {
  if (text === undefined || text === '') return null;
  // A plus in an address is read as a space.
  const written = typeof text === 'string' ? text.replace(/ (?=\d{2}:\d{2}$)/, '+') : text;
  return understood(written, /^\d{4}-\d{2}-\d{2}T/, (instant) => {
    plannedDay(instant.slice(0, 10));
    return Temporal.Instant.from(instant);
  });
}

function understood<T>(text: unknown, shape: RegExp, read: (text: string) => T): T {
  if (typeof text !== 'string' || !shape.test(text)) throw new Refused('figure-not-understood');
  try {
    return read(text);
  } catch {
    throw new Refused('figure-not-understood');
  }
}
