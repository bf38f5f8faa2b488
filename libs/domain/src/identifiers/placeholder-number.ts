/**
 * Whether a number is one that people type where they have none: one digit all the way, or digits that count up or
 * down (9 is followed by 0). Such numbers can have a valid check digit, and belong to no person.
 *
 * @param digits ASCII digits
 */
export function isPlaceholderNumber(digits: string): boolean {
  const steps = [...digits].slice(1).map((digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10);
  return [0, 1, 9].some((step) => steps.every((one) => one === step));
}
