import { instantInWords } from '#domain';
import type { Reckoning } from '#oversight';

const plural = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

/** What is said under the heading of each page of figures: as of when, by which versions, and whether they are proved. */
export interface Proof {
  readonly asOf: string;
  readonly versions: string;
  readonly reckoning: string;
  readonly isWrong: boolean;
  readonly isNow: boolean;
}

export function proofOf(page: {
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
  readonly policyVersion: number;
  readonly calendarVersion: number;
  readonly reckoning: Reckoning | null;
  readonly isNow: boolean;
}): Proof {
  const { asOf, timeZone, policyVersion, calendarVersion, reckoning, isNow } = page;
  return {
    asOf: instantInWords(asOf, timeZone),
    versions: `Policy ${policyVersion}, calendar ${calendarVersion}.`,
    reckoning: reckoningInWords(reckoning, timeZone, isNow),
    isWrong: reckoning !== null && reckoning.differences > 0,
    isNow,
  };
}

function reckoningInWords(reckoning: Reckoning | null, timeZone: string, isNow: boolean): string {
  if (reckoning === null) {
    return isNow
      ? 'Not yet recomputed from the record: that happens each night.'
      : 'By then the figures had not been recomputed from the record.';
  }
  const { at, differences, compared } = reckoning;
  const when = `Recomputed from the record at ${instantInWords(at, timeZone)}`;
  if (differences === 0) return `${when}: no difference in ${compared} figures.`;
  return `${when}: ${plural(differences, 'figure')} of ${compared} ${differences === 1 ? 'differs' : 'differ'}. Do not rely on the figures until the people who run the service have found out why.`;
}
