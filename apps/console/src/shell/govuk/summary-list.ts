import type { SummaryListArgs } from './args.ts';

interface Pair {
  readonly key: string;
  readonly value: string | number;
}

/** Pairs as a summary list. */
export function summaryList(pairs: readonly Pair[]): SummaryListArgs {
  return { rows: pairs.map(({ key, value }) => ({ key: { text: key }, value: { text: String(value) } })) };
}

/** The same, or null when there is nothing to list. */
export function summaryListOrNone(pairs: readonly Pair[]): SummaryListArgs | null {
  return pairs.length === 0 ? null : summaryList(pairs);
}
