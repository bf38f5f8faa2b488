import fc from 'fast-check';
import papaparse from 'papaparse';
import { csvFile } from './answer.ts';
import { writeCsv, type CsvCell, type CsvRows } from './csv-file.ts';

const COLUMNS = ['group', 'number', 'note'];

/** The bytes of a file, as text with its byte order mark. */
async function textOf(rows: CsvRows, columns: readonly string[] = COLUMNS): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await writeCsv(csvFile('a-file', columns, rows))) parts.push(part as Buffer);
  return new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(Buffer.concat(parts));
}

const read = (text: string) => papaparse.parse<string[]>(text, { delimiter: ',', newline: '\r\n' });

it('begins with the byte order mark and the heads, and ends each line with CR LF', async () => {
  expect(await textOf([['red', 81, null]])).toBe('\uFEFFgroup,number,note\r\nred,81,\r\n');
});

it('has its heads when there is no row', async () => {
  expect(await textOf([])).toBe('\uFEFFgroup,number,note\r\n');
});

it('keeps a negative number as a number, and marks a text that looks like one', async () => {
  expect(await textOf([['a', -5, '-5']])).toContain("\r\na,-5,'-5\r\n");
});

it('E1: quotes what parts cells and lines', async () => {
  expect(await textOf([['a,b', 1, 'c"d']])).toContain('\r\n"a,b",1,"c""d"\r\n');
  expect(await textOf([['a;b', 1, 'c\nd']])).toContain('\r\n"a;b",1,"c\nd"\r\n');
});

it('is read back cell by cell by another parser, whatever the cells hold', async () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(',', '"', '\r', '\n', '\r\n', '=', "'", ';', '\t', ' '),
  );
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
  const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const row = fc.tuple(fc.oneof(text, fc.constant(null)), fc.oneof(number, fc.constant(null)), text);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const { data, errors } = read(await textOf(rows));
      expect(errors).toEqual([]);
      expect(data.slice(1, -1)).toHaveLength(rows.length);
      for (const [index, cells] of rows.entries()) {
        for (const [place, cell] of cells.entries()) expect(saidBy(cell)).toContain(data[index + 1]![place]);
      }
    }),
  );
});

/** What a parser may find in the place of a cell. */
function saidBy(cell: CsvCell): readonly string[] {
  if (typeof cell !== 'string') return [cell === null ? '' : String(cell)];
  return [cell.toWellFormed(), `'${cell.toWellFormed()}`];
}

it('has a line for each row of one column, also for an empty one', async () => {
  expect(read(await textOf([[''], [null], ['a']], ['note'])).data).toEqual([['note'], [''], [''], ['a'], ['']]);
});

it.each<[string, CsvRows]>([
  ['too few cells', [['a', 1]]],
  ['too many cells', [['a', 1, 'b', 'c']]],
  ['no number', [['a', NaN, 'b']]],
  ['an endless number', [['a', Infinity, 'b']]],
])('is refused with a row of %s', async (_, rows) => {
  await expect(textOf(rows)).rejects.toThrow(/cells for 3 columns|no number/);
});

describe('a file of rows that come one by one', () => {
  it('is read only as far as it is taken', async () => {
    let asked = 0;
    const left = Promise.withResolvers<void>();
    async function* rows() {
      try {
        for (;;) yield ['a', ++asked, 'x'.repeat(1_000)];
      } finally {
        left.resolve();
      }
    }
    const bytes = await writeCsv(csvFile('endless', COLUMNS, rows()));
    expect(asked).toBe(1);
    for await (const part of bytes) {
      expect(part).toBeDefined();
      break;
    }
    expect(asked).toBeLessThan(1_000);
    await left.promise;
  });

  it('fails before it begins when the first row does', async () => {
    async function* rows(): AsyncGenerator<CsvCell[]> {
      throw new Error('the database is away');
    }
    await expect(writeCsv(csvFile('none', COLUMNS, rows()))).rejects.toThrow('the database is away');
  });

  it('breaks off with the error when a later row fails', async () => {
    async function* rows() {
      yield ['a', 1, 'b'];
      throw new Error('the database is away');
    }
    await expect(textOf(rows())).rejects.toThrow('the database is away');
  });
});
