import type { SentFile } from '../../shell/forms/sent-file.ts';

/** As much as a table of the form may be long, in bytes. */
const MOST_BYTES = 300_000;

/**
 * The text of a CSV file, however the program that saved it writes letters: UTF-8, UTF-16 with its mark, or the old Windows
 * alphabet of Excel's "CSV (comma delimited)". A text that is not UTF-8 is taken for the last: every byte has a letter there.
 *
 * @returns the text; or what is wrong with the file, to be shown beside its field
 */
export async function tableInFile(file: SentFile | null): Promise<{ text: string } | { fault: string }> {
  if (file === null) return { fault: 'Select a CSV file' };
  const pieces: Buffer[] = [];
  let size = 0;
  if (!file.isTooLarge)
    for await (const piece of file.bytes) {
      pieces.push(piece);
      if ((size += piece.length) > MOST_BYTES) break;
    }
  if (file.isTooLarge || size > MOST_BYTES)
    return { fault: 'The selected file must be smaller than 300 KB: bring it in by several' };
  const bytes = Buffer.concat(pieces);
  if (bytes.length === 0) return { fault: 'The selected file is empty' };
  const text = textOf(bytes);
  // Spreadsheets of Excel and LibreOffice are archives; no letter of a table is a NUL.
  if (text.includes('\0')) return { fault: 'The selected file must be a CSV file: save the spreadsheet as CSV first' };
  return { text };
}

function textOf(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
