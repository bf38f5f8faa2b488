/**
 * The ten digits of an NHS number, without the spaces and hyphens in which people write it.
 *
 * @returns null when it is not ten digits with a valid check digit (modulus 11, NHS Data Dictionary)
 */
export function normaliseNhsNumber(written: string): string | null {
  const digits = written.replaceAll(/[\s-]/g, '');
  if (!/^[0-9]{10}$/.test(digits)) return null;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]) ? digits : null;
}
