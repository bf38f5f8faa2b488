/** The check letters in their order. I, O and S are left out, because they look like 1, 0 and 5. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/**
 * A Unique Pupil Number as it is stored: a check letter, three digits of the authority, eight digits, and a last digit,
 * or a last letter in a temporary number.
 *
 * @param written as a person typed it, in capitals or not, with spaces around it or not
 * @returns the number in capitals; null when its form or its check letter is wrong (DfE, modulus 23)
 */
export function normaliseUpn(written: string): string | null {
  const upn = written.trim().toUpperCase();
  if (!/^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/.test(upn)) return null;
  const sum = [...upn.slice(1)].reduce((total, character, index) => total + valueOf(character) * (index + 2), 0);
  return LETTERS[sum % LETTERS.length] === upn[0] ? upn : null;
}

/** The value of a digit is the digit; the value of a temporary number's letter is its place in {@link LETTERS}. */
function valueOf(character: string): number {
  const place = LETTERS.indexOf(character);
  return place === -1 ? Number(character) : place;
}
