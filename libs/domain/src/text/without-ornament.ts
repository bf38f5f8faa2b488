/** White space, characters that show nothing, dashes of every kind, the minus sign, full stops and bullets. */
const BETWEEN =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Dash_Punctuation}\u2212\u00B7\u2022\u2043\u02D7._]/gu;
/** The punctuation that a sentence puts around a number. */
const AROUND = /^[\p{Punctuation}\p{Symbol}]+|[\p{Punctuation}\p{Symbol}]+$/gu;

/**
 * A number or a code, such as an NHS number or a postcode, without the ornament that programs and people put into it:
 * spaces, dashes of every kind, marks of direction and zero-width characters, and the punctuation of the sentence around
 * it. Full-width letters and digits become ordinary ones.
 *
 * @returns the letters and digits in capitals; other characters inside stay, so that they are refused
 */
export function withoutOrnament(written: string): string {
  return written.normalize('NFKC').replaceAll(BETWEEN, '').replaceAll(AROUND, '').toUpperCase();
}
