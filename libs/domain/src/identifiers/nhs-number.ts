import { withoutOrnament } from '../text/without-ornament.ts';
import { isPlaceholderNumber } from './placeholder-number.ts';

/** What is wrong with a number that a person typed. */
export type NumberFault = 'not_a_number' | 'belongs_to_nobody';

/**
 * Reads an NHS number.
 *
 * @param written as a person typed it or copied it, with spaces and dashes or without
 * @returns the ten digits; `not_a_number` when there are not ten digits, or the check digit is wrong (modulus 11, NHS
 * Data Dictionary); `belongs_to_nobody` for a number that people type where they have none
 */
export function readNhsNumber(written: string): { readonly nhsNumber: string } | { readonly fault: NumberFault } {
  const digits = withoutOrnament(written).replace(/^NHS(NO|NUMBER)?[:#]?/, '');
  if (!/^[0-9]{10}$/.test(digits)) return { fault: 'not_a_number' };
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  if ((11 - (sum % 11)) % 11 !== Number(digits[9])) return { fault: 'not_a_number' };
  const isNobodys = isPlaceholderNumber(digits) || isPlaceholderNumber(digits.slice(0, -1)) || /^0{6}/.test(digits);
  return isNobodys ? { fault: 'belongs_to_nobody' } : { nhsNumber: digits };
}

/** An NHS number as it is stored; null when the text is none, or one that belongs to no person. */
export function normaliseNhsNumber(written: string): string | null {
  const read = readNhsNumber(written);
  return 'nhsNumber' in read ? read.nhsNumber : null;
}
