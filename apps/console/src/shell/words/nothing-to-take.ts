import type { Caseload } from '#work';

/** Why *Take the next one* gave a person nothing. */
export function nothingToTake({ points, cap }: Caseload): string {
  return points + 1 <= cap
    ? 'Nothing is waiting for you to take.'
    : `You have ${points} of the ${cap} points that you may have. Only a red is given to you until you decide or return one.`;
}
