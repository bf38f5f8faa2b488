/** Set before a text, it has a spreadsheet take the text as text. */
const MARK = "'";

/**
 * A text that a spreadsheet would run as a formula: it begins with a sign of one, also after space, quotes and characters
 * that do not show, and it begins with a tab or a new line. (OWASP, CSV injection)
 */
const IS_RUN = /^(?:[\t\r\n]|[\s\p{C}\p{M}"'`‘’“”„«»‹›]*[=+\-−@|%])/u;

const MONTH =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** A text of digits and of what numbers, dates, times, fractions and amounts are written with. */
const LOOKS_LIKE_A_NUMBER = new RegExp(
  String.raw`^(?=.*\d)(?:[\d\s.,:/\-+()%$£€¥']|(?<=[\d.])e[+\-\d]|[ap]\.?m\b|${MONTH})+$`,
  'iu',
);
/** Of these a spreadsheet makes the number or the date that they say, and no other. */
const STAYS_THE_SAME = [
  /^(?=(?:\.?\d){1,15}$)(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/,
  /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?: (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)?)?$/,
];

/**
 * A text as a cell of a CSV file, so that a spreadsheet shows it as it is written: marked by an apostrophe when a
 * spreadsheet would run it, or make another thing of it, as of `1/2`, `007` and a number of more than 15 digits.
 */
export function spreadsheetText(text: string): string {
  const written = text.toWellFormed();
  // Full-width and other forms of a sign count as the sign: some spreadsheets read them so.
  const plain = written.normalize('NFKC');
  const isMadeAnother = LOOKS_LIKE_A_NUMBER.test(plain) && !STAYS_THE_SAME.some((shape) => shape.test(written));
  return IS_RUN.test(plain) || isMadeAnother ? `${MARK}${written}` : written;
}
