/**
 * Widths of the printable ASCII letters in hundredths of the font's size: of Arial, or of DejaVu Sans where that is
 * wider, because a browser without Arial takes a font like it.
 */
const ASCII = [
  32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 56, 102, 69, 69, 72, 78, 67, 61, 78, 76, 30, 50, 67, 56, 87, 75, 79, 67, 79, 72, 67, 62, 74, 69, 99, 69, 67,
  69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60,
  82, 60, 60, 53, 64, 34, 64, 84,
]; // prettier-ignore
/** As wide as any letter of another script: a text of them is cut early rather than drawn over another. */
const OTHER = 105;
const LATIN_WITH_MARKS = 100;
/** A mark that turns the direction of writing is shown by its name, such as `U+202E`. */
const TURN = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
const NAME_OF_A_TURN = 370;
/** Bold letters are wider by so much. */
const BOLD = 1.12;

/** How wide a text is at most, in pixels, in the size of the charts' letters. */
export const widthOf = (text: string, isBold = false) => Math.ceil(exactWidthOf(text, isBold));

function exactWidthOf(text: string, isBold: boolean): number {
  let hundredths = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    hundredths += ASCII[code - 32] ?? widthOfOther(letter, code);
  }
  return (hundredths / 100) * TEXT_SIZE * (isBold ? BOLD : 1);
}

function widthOfOther(letter: string, code: number): number {
  if (TURN.test(letter)) return NAME_OF_A_TURN;
  return code < 0x250 || letter === '…' ? LATIN_WITH_MARKS : OTHER;
}

const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** In pixels, as in _chart.scss. */
export const TEXT_SIZE = 14;
/** From one line of text to the next. */
export const LINE = 18;

/** The text, or as much of its beginning as fits, with an ellipsis. The whole of it stands in the chart's table. */
export function fitted(text: string, width: number, isBold = false): string {
  if (widthOf(text, isBold) <= width) return text;
  let kept = '';
  let room = width - exactWidthOf('…', isBold);
  for (const { segment } of LETTERS.segment(text)) {
    room -= exactWidthOf(segment, isBold);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Texts in as few lines as they need. A text that is wider than a line is fitted into one. */
export function inLines(texts: readonly string[], between: string, width: number): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const together = lines.length === 0 ? text : `${lines.at(-1)!}${between}${text}`;
    if (lines.length > 0 && widthOf(together) <= width) lines[lines.length - 1] = together;
    else lines.push(fitted(text, width));
  }
  return lines;
}
