import { minutesInWords } from '#domain';

/** Working time is not counted in days of 24 hours. */
export function workingTimeInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? minutesInWords(minutes) : `${hours} hour${hours === 1 ? '' : 's'} ${minutes % 60} minutes`;
}
