import fc from 'fast-check';
import { stringify } from 'csv-stringify/sync';
import { readTable, ROWS_AT_MOST } from './read-table.ts';

const COLUMNS = { needed: ['name', 'kind'], more: ['told_by'] };

describe('a table', () => {
  it.each([
    ['commas', 'name,kind\nAda,school\n'],
    ['semicolons, and lines of Windows', 'name;kind\r\nAda;school\r\n'],
    ['tabs, as a spreadsheet copies its cells', 'name\tkind\nAda\tschool'],
    ['a byte order mark and quotation marks', '\uFEFF"Name","KIND"\n"Ada"," school "\n\n,\n'],
  ])('is read with %s', (_, text) => {
    expect(readTable(text, COLUMNS)).toEqual([{ line: 2, cells: { name: 'Ada', kind: 'school' } }]);
  });

  it('has columns in any order, and those that it may leave out', () => {
    expect(readTable('Told by,kind,name\nperson,school,Ada\n,,\nemail,police', COLUMNS)).toEqual([
      { line: 2, cells: { told_by: 'person', kind: 'school', name: 'Ada' } },
      { line: 4, cells: { told_by: 'email', kind: 'police', name: '' } },
    ]);
  });

  it.each([
    // Where each row cost as much as the header has names, these took the memory of the process.
    [`name,kind,${'c,'.repeat(20_000)}\n${'a\n'.repeat(80_000)}`, /not known: c, c/],
    [`name,kind\n${'a\n'.repeat(145_000)}`, /more than 2,000 rows/],
    ['', /first row must name these columns: name, kind/],
    ['name\nAda', /It does not name: kind/],
    ['name,kind,colour\nAda,school,red', /not known: colour/],
    ['name,kind,name\nAda,school,Bo', /names a column twice/],
    ['name,kind\n\n', /no row under/],
    ['name,kind\n"Ada,school', /^Line \d+ cannot be read/],
    ['name,kind\nAda,school,and more', /^Line 2 cannot be read/],
    [`name,kind\n${'Ada,school\n'.repeat(ROWS_AT_MOST + 1)}`, /more than 2,000 rows/],
  ])('%j is not read, and says why', (text, why) => {
    expect(readTable(text, COLUMNS)).toEqual(expect.stringMatching(why));
  });

  it('gives back every cell that a spreadsheet wrote', () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.normalize('NFC').trim());
    const rows = fc.array(
      fc.tuple(cell, cell).filter(([a, b]) => a !== '' && b !== ''),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t'), (written, delimiter) => {
        const text = stringify([['name', 'kind'], ...written], { delimiter, quoted: true });
        const read = readTable(text, COLUMNS);
        expect(typeof read === 'string' ? read : read.map(({ cells }) => [cells['name'], cells['kind']])).toEqual(
          written,
        );
      }),
    );
  });
});
