import { CsvError, parse } from 'csv-parse/sync';
import { codeOf, type Columns, type TableRow } from '#access';

/** A table has so many rows at the most: more are brought in by several. */
export const ROWS_AT_MOST = 2_000;

/**
 * Reads a table as a spreadsheet saves it (commas, semicolons) or copies it (tabs). Its first row names the columns, in any
 * order and any capitals.
 *
 * @returns the rows, or in words why there are none
 */
export function readTable(text: string, { needed, more }: Columns): readonly TableRow[] | string {
  let names: readonly string[] = [];
  try {
    const rows = parse(text, {
      columns: (header: readonly string[]) => [...(names = header.map((name) => codeOf(name)))],
      ...{ bom: true, delimiter: [',', ';', '\t'], info: true, relax_column_count_less: true },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true, trim: true },
    }) as unknown as readonly { record: Record<string, string | undefined>; info: { lines: number } }[];
    const missing = needed.filter((name) => !names.includes(name));
    if (missing.length > 0)
      return `The first row must name these columns: ${needed.join(', ')}. It does not name: ${missing.join(', ')}`;
    const unknown = names.filter((name) => ![...needed, ...more].includes(name));
    if (unknown.length > 0) return `The table has columns that are not known: ${unknown.join(', ')}`;
    if (new Set(names).size < names.length) return 'The first row names a column twice';
    if (rows.length === 0) return 'The table has no row under the names of its columns';
    if (rows.length > ROWS_AT_MOST) return `The table has more than ${ROWS_AT_MOST.toLocaleString('en-GB')} rows`;
    return rows.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(names.map((name) => [name, (record[name] ?? '').trim().normalize('NFC')])),
    }));
  } catch (error) {
    if (error instanceof CsvError)
      return `Line ${error['lines'] as number} cannot be read: look at its quotation marks`;
    throw error;
  }
}
