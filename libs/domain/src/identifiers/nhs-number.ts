/**
 * An NHS number as it is stored.
 *
 * @param written as a person typed it, with spaces and hyphens or without
 * @returns the ten digits; null when there are not ten digits, or the check digit is wrong (modulus 11, NHS Data
 * Dictionary)
 */
export function normaliseNhsNumber(written: string): string | null {
  const digits = written.replaceAll(/[\s-]/g, '');
  if (!/^[0-9]{10}$/.test(digits)) return null;
  const sum = [...digits.slice(0, 9)].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === Number(digits[9]) ? digits : null;
}
