import { withoutOrnament } from '../text/without-ornament.ts';
import type { NumberFault } from './nhs-number.ts';
import { isPlaceholderNumber } from './placeholder-number.ts';

/** The check letters in their order. I, O and S are left out, because they look like 1, 0 and 5. */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
/** The length of the check letter and the number of the authority, after which the pupil's own number begins. */
const [AUTHORITY, OWN] = [1, 4];

/**
 * Reads a Unique Pupil Number: a check letter, three digits of the authority, eight digits, and a last digit, or a last
 * letter in a temporary number.
 *
 * @param written as a person typed it or copied it, in capitals or not
 * @returns the number in capitals; `not_a_number` when its form or its check letter is wrong (DfE, modulus 23);
 * `belongs_to_nobody` when the authority or the pupil's own number is zeros, or the digits are one digit or count
 */
export function readUpn(written: string): { readonly upn: string } | { readonly fault: NumberFault } {
  const upn = withoutOrnament(written);
  if (!/^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/.test(upn)) return { fault: 'not_a_number' };
  const sum = [...upn.slice(1)].reduce((total, character, index) => total + valueOf(character) * (index + 2), 0);
  if (LETTERS[sum % LETTERS.length] !== upn[0]) return { fault: 'not_a_number' };
  // A temporary number ends in a letter: the digits before it tell.
  const [digits] = /^[0-9]+/.exec(upn.slice(AUTHORITY))!;
  const isNobodys =
    /^0+$/.test(digits.slice(0, OWN - AUTHORITY)) ||
    isPlaceholderNumber(digits) ||
    isPlaceholderNumber(digits.slice(OWN - AUTHORITY));
  return isNobodys ? { fault: 'belongs_to_nobody' } : { upn };
}

/** A Unique Pupil Number as it is stored; null when the text is none, or one that belongs to no pupil. */
export function normaliseUpn(written: string): string | null {
  const read = readUpn(written);
  return 'upn' in read ? read.upn : null;
}

/** The value of a digit is the digit; the value of a temporary number's letter is its place in {@link LETTERS}. */
function valueOf(character: string): number {
  const place = LETTERS.indexOf(character);
  return place === -1 ? Number(character) : place;
}
