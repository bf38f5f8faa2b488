import fc from 'fast-check';
import {
  A_PNG,
  anOldWordDocument,
  anOldWorkbook,
  aPdf,
  aWordDocument,
  aZip,
} from '../../../test/support/sample-files.ts';
import { ContentKind } from './content-kind.ts';

function kindOf(bytes: Buffer, atOnce = bytes.length): string | null {
  const kind = new ContentKind();
  for (let at = 0; at < bytes.length; at += atOnce) kind.add(bytes.subarray(at, at + atOnce));
  return kind.found;
}
const latin = (text: string) => Buffer.from(text, 'latin1');
const withComment = (zip: Buffer) => {
  const copy = Buffer.concat([zip, latin('PK')]);
  copy.writeUInt16LE(2, zip.length - 2);
  return copy;
};

it.each([
  ['a PDF', aPdf(), 'pdf'],
  ['a JPEG picture', latin('\xFF\xD8\xFF\xE0\0\x10JFIF'), 'jpeg'],
  ['a PNG picture', A_PNG, 'png'],
  ['a GIF picture', latin('GIF89a\x01\0\x01\0'), 'gif'],
  ['a WebP picture', latin('RIFF\x24\0\0\0WEBPVP8 '), 'webp'],
  ['a TIFF picture', latin('II*\0\x08\0\0\0'), 'tiff'],
  ['a TIFF picture with its bytes the other way', latin('MM\0*\0\0\0\x08'), 'tiff'],
  ['a picture of a telephone', latin('\0\0\0\x18ftypheic\0\0\0\0'), 'heic'],
  ['a Word document', aWordDocument(), 'docx'],
  ['a Word document whose archive has a comment', withComment(aWordDocument()), 'docx'],
  ['a Word document whose main part is numbered', aZip('[Content_Types].xml', 'word/document2.xml'), 'docx'],
  ['an older Word document', anOldWordDocument(), 'doc'],
])('%s is known by its content', (_, bytes, kind) => {
  expect([kindOf(bytes), kindOf(bytes, 1), kindOf(bytes, 7)]).toEqual([kind, kind, kind]);
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['text', latin('Body map of Maya')],
  ['a page', latin('<!doctype html><script>alert(1)</script>')],
  ['a drawing with scripts', latin('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a program', latin('MZ\x90\0')],
  ['a PDF behind a page', Buffer.concat([latin('<html>'), aPdf()])],
  ['a Word document with macros', aWordDocument('word/vbaProject.bin')],
  ['an archive of other things', aZip('a.exe', 'b.js')],
  ['a spreadsheet', aZip('[Content_Types].xml', 'xl/workbook.xml')],
  ['an archive whose list is cut off', aWordDocument().subarray(0, -30)],
  ['an archive that is only its head', latin('PK\x03\x04')],
  ['an older spreadsheet', anOldWorkbook()],
  ['a film', latin('\0\0\0\x18ftypisom\0\0\0\0')],
  ['sound that begins as a picture does', latin('RIFF\x24\0\0\0WAVEfmt ')],
])('%s is of no kind that the hub takes', (_, bytes) => {
  expect([kindOf(bytes), kindOf(bytes, 1)]).toEqual([null, null]);
});

it('any bytes are looked at without an error, and an archive that says anything of its list as well', () => {
  const end = fc
    .uint8Array({ minLength: 18, maxLength: 60 })
    .map((bytes) => Buffer.concat([latin('PK\x05\x06'), bytes]));
  const head = fc.constantFrom(latin('PK\x03\x04'), latin('%PDF-'), Buffer.from('D0CF11E0A1B11AE1', 'hex'), latin(''));
  fc.assert(
    fc.property(
      head,
      fc.uint8Array({ maxLength: 400 }),
      end,
      fc.integer({ min: 1, max: 50 }),
      (first, middle, last, many) => {
        const bytes = Buffer.concat([first, middle, last]);
        expect(kindOf(bytes, many)).toBe(kindOf(bytes));
      },
    ),
    { numRuns: 2_000 },
  );
});
