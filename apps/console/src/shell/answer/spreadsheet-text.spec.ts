import fc from 'fast-check';
import { spreadsheetText } from './spreadsheet-text.ts';

const SIGNS = ['=', '+', '-', '@', '\u2212', '|', '%', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
const HIDES = ['', ' ', '  ', '\u00A0', '\u3000', '"', "'", '“', '‘', '\u200B', '\uFEFF', '\u202E', '\u0000', ' " '];

describe('a text in a cell', () => {
  it.each(SIGNS.flatMap((sign) => HIDES.map((hides) => [hides, sign])))(
    'is marked when it begins with %j and then %j, which a spreadsheet runs',
    (hides, sign) => expect(spreadsheetText(`${hides}${sign}1+1`)).toBe(`'${hides}${sign}1+1`),
  );

  it.each([
    ...['=', '-', '+', '@SUM(A1)', '-5', '+44 7700 900123', "=cmd|' /C calc'!A0", '\tx', '\rx', '\nx', '\n=1'],
    ...['007', '07700900123', '9990491321000001', '1.10', '86.20', '1e5', '1E-3', '1,000', '£5', '50%', '(5)', '1.'],
    ...['1/2', '1 1/2', '1-2', '16-17', '12:30', '9 am', '3:45 pm', '1/2/2026', '01.02.2026', '31/12', '１２'],
    ...['2026-13', '2026-00', '2026-10-32', '1850-10-01', '2026-10-01 25:00', '26-10-01'],
    ...['MARCH1', 'SEPT2', 'Dec-1', '1 May', 'May 2026', '4 october 2026', '1-mar'],
  ])('%j is marked, so that no spreadsheet makes another thing of it', (text) =>
    expect(spreadsheetText(text)).toBe(`'${text}`),
  );

  it.each([
    ...['', ' ', 'red', 'MASH-7K3F-9QXT', 'Siân O’Neil', "'tis", 'a=b', 'A&E', 'N/A', 'Mayor 1', 'April May', 'May'],
    ...['0', '12', '86.2', '0.5', '123456789012345', '4-24h', '1a', '07700 9OO', 'e1', '2e'],
    ...['2026-10-01', '2026-10', '2026-10-01 09:30', '2026-10-01 09:30:15', '2026-10-25T01:30:00+01:00'],
    ...['OL6 9ZZ', '12 High Street', 'St Mary’s 3', '中文 1', '–', '…'],
  ])('%j is as it was', (text) => expect(spreadsheetText(text)).toBe(text));

  it('is the text itself, or the text behind one mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([text.toWellFormed(), `'${text.toWellFormed()}`]).toContain(spreadsheetText(text));
      }),
    );
  });

  it('E1: begins with no sign that a spreadsheet runs, whatever stands before the sign', () => {
    const unit = fc.constantFrom(...SIGNS, ...HIDES, '\t', '\r', '\n', 'a', '1', ',', ';');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        expect(spreadsheetText(text).normalize('NFKC')).not.toMatch(/^[\t\r\n]|^[ \u00A0\u3000"“‘]*[=+\-@]/u);
      }),
    );
  });

  it('is never a number or a date of digits other than it says', () => {
    const unit = fc.constantFrom(...'0123456789./-: ,');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 18 }), (text) => {
        const cell = spreadsheetText(text);
        const isSame =
          !/\d/.test(text) || cell === `'${text}` || String(Number(text)) === text || /^\d{4}-\d\d/.test(text);
        expect(isSame).toBe(true);
      }),
    );
  });
});
