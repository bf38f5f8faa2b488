/** Nothing could be done, for a reason that the person can do something about. */
export class Unusable extends Error {}

/** The person at the command line, whom the service does not know. */
export const BY_AN_OPERATOR = { kind: 'service' } as const;

/** @throws Unusable for a value that is none of those that are allowed */
export function oneOf<T extends string>(allowed: readonly T[], value: string, option: string): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new Unusable(`${option} must be one of ${allowed.join(', ')}.`);
  return found;
}
