import type { NewRow, RowsOf } from '#store';
import type { Seeded } from './seeded.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;

/** UUIDs of version 7 (RFC 9562) with the instant of a past act, from seeded random numbers. */
export class Ids {
  private lastMs = 0;
  private ofThisMs = 0;

  constructor(private readonly random: Seeded) {}

  /** An id that an act at this instant gives. Ids of one instant that follow each other are in that order. */
  at(instant: Temporal.Instant): string {
    const ms = instant.epochMilliseconds;
    this.ofThisMs = ms === this.lastMs ? (this.ofThisMs + 1) & 0xfff : 0;
    this.lastMs = ms;
    const time = ms.toString(16).padStart(12, '0');
    const place = this.ofThisMs.toString(16).padStart(3, '0');
    const variant = (0x8000 | (this.random.bits() & 0x3fff)).toString(16);
    const rest = (this.random.bits() * 0x10000 + (this.random.bits() & 0xffff)).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${place}-${variant}-${rest}`;
  }

  /** The one row of a table as the service makes it now, with an id of an instant. */
  oneOfThen<E extends object>({ rows: [row] }: RowsOf, instant: Temporal.Instant): NewRow<E> {
    return { ...(row as NewRow<E>), id: this.at(instant) };
  }

  /**
   * Rows as the service makes them now, as it would have made them at an instant: with ids of that instant, also where
   * one row names another.
   *
   * @returns copies, which may be changed
   */
  ofThen(rows: readonly RowsOf[], instant: Temporal.Instant): readonly { table: RowsOf['table']; rows: object[] }[] {
    const then = new Map<unknown, string>();
    for (const row of rows.flatMap((part) => part.rows)) {
      const { id } = row as { id?: unknown };
      if (typeof id === 'string' && UUID_V7.test(id)) then.set(id, this.at(instant));
    }
    const renamed = (value: unknown): unknown => then.get(value) ?? value;
    const copy = (row: object) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]: [string, unknown]) => [
          name,
          isPlain(value)
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one)]))
            : renamed(value),
        ]),
      );
    return rows.map((part) => ({ table: part.table, rows: part.rows.map(copy) }));
  }
}

/** An object that is a value of JSON, such as the details of an act. */
function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
