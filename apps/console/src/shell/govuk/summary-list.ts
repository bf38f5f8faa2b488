import type { SummaryListArgs } from './args.ts';

/** Pairs as a summary list. @param classes of each value: what people wrote keeps its lines with `mash-words` */
export function summaryList(
  rows: readonly { readonly key: string; readonly value: string | number }[],
  classes = '',
): SummaryListArgs {
  return {
    rows: rows.map(({ key, value }) => ({ key: { text: key }, value: { text: String(value), classes } })),
  };
}

/** The same, or null when there is nothing to list. What people wrote keeps its lines. */
export function listOf(rows: Parameters<typeof summaryList>[0]): SummaryListArgs | null {
  return rows.length === 0 ? null : summaryList(rows, 'mash-words');
}
