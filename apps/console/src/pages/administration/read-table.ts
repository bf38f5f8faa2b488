import { CsvError, parse } from 'csv-parse/sync';
import { codeOf, type Columns, type TableRow } from '#access';

/** A table has so many rows at the most: more are brought in by several. */
export const ROWS_AT_MOST = 2_000;

/** What is wrong with the row that names the columns, to be shown. */
class HeaderFault extends Error {}

/**
 * Reads a table as a spreadsheet saves it (commas, semicolons) or copies it (tabs). Its first row names the columns, in any
 * order and any capitals.
 *
 * @returns the rows, or in words why there are none
 */
export function readTable(text: string, columns: Columns): readonly TableRow[] | string {
  let names: readonly string[] = [];
  try {
    const rows = parse(text, {
      // Looked at before any row: each short row costs as much as the header has names.
      columns: (header: readonly string[]) => [...(names = namesOf(header, columns))],
      ...{ bom: true, delimiter: [',', ';', '\t'], info: true, relax_column_count_less: true },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true, trim: true, to: ROWS_AT_MOST + 1 },
    }) as unknown as readonly { record: Record<string, string | undefined>; info: { lines: number } }[];
    if (names.length === 0) namesOf([], columns);
    if (rows.length === 0) return 'The table has no row under the names of its columns';
    if (rows.length > ROWS_AT_MOST) return `The table has more than ${ROWS_AT_MOST.toLocaleString('en-GB')} rows`;
    return rows.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(names.map((name) => [name, (record[name] ?? '').trim().normalize('NFC')])),
    }));
  } catch (error) {
    if (error instanceof HeaderFault) return error.message;
    if (error instanceof CsvError)
      return `Line ${error['lines'] as number} cannot be read: look at its quotation marks`;
    throw error;
  }
}

/** @throws HeaderFault */
function namesOf(header: readonly string[], { needed, more }: Columns): readonly string[] {
  const names = header.slice(0, 100).map((name) => codeOf(name));
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new HeaderFault(
      `The first row must name these columns: ${needed.join(', ')}. It does not name: ${missing.join(', ')}`,
    );
  const unknown = names.filter((name) => ![...needed, ...more].includes(name));
  if (unknown.length > 0)
    throw new HeaderFault(`The table has columns that are not known: ${unknown.slice(0, 10).join(', ')}`);
  if (new Set(names).size < header.length) throw new HeaderFault('The first row names a column twice');
  return names;
}
