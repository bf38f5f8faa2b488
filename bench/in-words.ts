import { raw, sql, type Sql } from '#store';

/** What a run prints: one line a figure. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A number as people write it, such as 10,000. */
export const whole = (value: number) => Math.round(value).toLocaleString('en-GB');

/** @returns the one in the middle, or the lower of the two */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
}

/** What every figure of lateness says. Milliseconds. */
export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** @param times milliseconds, in any order */
export function percentiles(times: readonly number[]): Percentiles {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1)! };
}

/** Milliseconds in words, to the tenth where they are few. */
export function percentilesInWords({ p50, p99, max }: Percentiles): string {
  const ms = (value: number) => (value < 10 ? value.toFixed(1) : whole(value));
  return `median ${ms(p50)} ms, p99 ${ms(p99)} ms, max ${ms(max)} ms`;
}

/** The columns of {@link Percentiles}, over the milliseconds that a column holds. */
export const percentilesOf = (column: string): Sql => {
  const ms = raw(column);
  return sql`percentile_cont(0.5) WITHIN GROUP (ORDER BY ${ms}) AS p50,
    percentile_cont(0.99) WITHIN GROUP (ORDER BY ${ms}) AS p99, max(${ms}) AS max`;
};
