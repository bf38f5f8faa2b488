import { Readable, pipeline } from 'node:stream';
import { stringify } from 'csv-stringify';
import { spreadsheetText } from './spreadsheet-text.ts';

/** A text is defused; a number stays a number; null is an empty cell. */
export type CsvCell = string | number | null;
type Row = readonly CsvCell[];
export type CsvRows = Iterable<Row> | AsyncIterable<Row>;

/** A file of comma-separated values for spreadsheets and programs. (RFC 4180) */
export class CsvFile {
  constructor(
    readonly name: string,
    readonly columns: readonly string[],
    readonly rows: CsvRows,
    readonly reader: 'person' | 'program',
  ) {}
}

/**
 * The bytes of a file, made as they are read: UTF-8, CR LF after each line. The byte order mark before the first has
 * Excel read the letters of names as UTF-8, and not take a first column `ID` for another format. A program would take
 * the mark for a part of the first head.
 *
 * @returns when the first row is there, so that a fault before it is still answered with a page
 * @throws what the rows throw before the first
 */
export async function writeCsv(file: CsvFile): Promise<Readable> {
  const lines = linesOf(file);
  const begun = [await lines.next(), await lines.next()];
  const csv = stringify({
    bom: file.reader === 'person',
    record_delimiter: '\r\n',
    // One of the two ends a line for many readers, and some part cells at the others or cut space at their ends.
    quoted_match: /[\r\n;\t]|^\s|\s$/,
    // A line with nothing in it is none.
    quoted_empty: file.columns.length === 1,
  });
  // The reader of the bytes is told of an error.
  return pipeline(Readable.from(continued(begun, lines)), csv, () => undefined);
}

async function* linesOf({ columns, rows }: CsvFile): AsyncGenerator<Row> {
  yield columns;
  for await (const row of rows) {
    if (row.length !== columns.length) throw new Error(`a row of ${row.length} cells for ${columns.length} columns`);
    yield row.map(cellOf);
  }
}

function cellOf(cell: CsvCell): CsvCell {
  if (typeof cell === 'string') return spreadsheetText(cell);
  if (typeof cell === 'number' && !Number.isFinite(cell)) throw new Error(`${cell} is no number for a CSV file`);
  return cell;
}

async function* continued<T>(begun: readonly IteratorResult<T>[], rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    for (const { done, value } of begun) if (done !== true) yield value;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
