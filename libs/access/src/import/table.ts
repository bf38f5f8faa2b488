/** A row of a table: what stands in each column, and in which line it begins. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The columns that a table must name in its first row, and those that it may. */
export interface Columns {
  readonly needed: readonly string[];
  readonly more: readonly string[];
}

/** What a cell says as a code: `Social worker` is `social_worker`. */
export function codeOf(cell: string): string {
  return cell
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
