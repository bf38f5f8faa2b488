/**
 * Ends of lines as different systems write them: CR LF and CR, the manual line break and page break of Word (U+000B,
 * U+000C), NEL, and Unicode's separators of lines and paragraphs.
 */
const LINE_ENDS = /\r\n|[\r\u000B\u000C\u0085\u2028\u2029]/g;
/** Control characters that have no meaning in a text: all but tab and the end of a line. */
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;

/**
 * No writing puts more than thirty marks on a letter (Unicode Standard Annex 15, Stream-Safe Text Format). To put so many
 * in their order takes time in proportion to the square of their number.
 */
const HEAP_OF_MARKS = /(\p{M}{30})\p{M}+/gu;

/**
 * A text as it is stored: composed (Unicode NFC), every line ended by one LF. Nothing else is changed: marks of direction
 * and zero-width characters are part of what was said.
 *
 * @returns null when the text holds a control character, half of a surrogate pair, or a heap of marks
 */
export function plainText(written: string): string | null {
  const text = written.replaceAll(LINE_ENDS, '\n');
  const isPlain = text.isWellFormed() && text.search(CONTROL) === -1 && text.search(HEAP_OF_MARKS) === -1;
  return isPlain ? text.normalize('NFC') : null;
}

/** What a person typed, as {@link plainText} has it, with what would make it unfit left out. */
export function withoutControls(typed: string): string {
  return typed
    .toWellFormed()
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(CONTROL, '')
    .replaceAll(HEAP_OF_MARKS, '$1')
    .normalize('NFC');
}

/** How long a text is: code points, as the referral schema counts its limits. A line's end counts once. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text.replaceAll(LINE_ENDS, '\n')) length += 1;
  return length;
}
