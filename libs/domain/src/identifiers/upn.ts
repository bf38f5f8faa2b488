/** No I, O or S: they are too like 1, 0 and 5. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/**
 * A Unique Pupil Number in capitals: a check letter, three digits of the authority, eight digits, and a digit or, in
 * a temporary number, a letter.
 *
 * @returns null when the form or the check letter is wrong (DfE, modulus 23)
 */
export function normaliseUpn(written: string): string | null {
  const upn = written.trim().toUpperCase();
  if (!/^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/.test(upn)) return null;
  const sum = [...upn.slice(1)].reduce((total, character, index) => total + valueOf(character) * (index + 2), 0);
  return LETTERS[sum % LETTERS.length] === upn[0] ? upn : null;
}

/** A digit counts as itself, the letter of a temporary number as its place in the alphabet of check letters. */
function valueOf(character: string): number {
  const place = LETTERS.indexOf(character);
  return place === -1 ? Number(character) : place;
}
