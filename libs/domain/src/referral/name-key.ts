import { foldName } from '../text/fold-name.ts';
import { saysNoName } from './placeholder-name.ts';
import type { SubmittedChild } from './submitted-referral.ts';

/**
 * A child's name as a key, by which earlier referrals of the same child are found: the letters and digits of its folded
 * names, turned to where they are smallest. So the key is one for `Wei Zhang`, for `Zhang Wei`, and for `ZhangWei` in
 * one field: each is the same letters begun at another place.
 *
 * @returns null when no name was given, or a name says that there is none: such names join no children
 */
export function nameKey({
  firstName = '',
  lastName = '',
}: Pick<SubmittedChild, 'firstName' | 'lastName'>): string | null {
  if (saysNoName(firstName, lastName)) return null;
  const letters = foldName(`${firstName} ${lastName}`).replaceAll(' ', '');
  return letters === '' ? null : smallestTurn(letters);
}

/**
 * Of all the ways to begin a text at one of its code points and go round, the first in the order of code points. Two
 * beginnings are compared as they go along; where one loses, so does each beginning that it passed, and the work grows
 * with the length of the text and not with its square.
 */
export function smallestTurn(text: string): string {
  const points = [...text].map((character) => character.codePointAt(0)!);
  const length = points.length;
  let [one, other, along] = [0, 1, 0];
  while (one < length && other < length && along < length) {
    const [here, there] = [points[(one + along) % length]!, points[(other + along) % length]!];
    if (here === there) along += 1;
    else {
      if (here > there) one += along + 1;
      else other += along + 1;
      if (one === other) other += 1;
      along = 0;
    }
  }
  const best = Math.min(one, other);
  return [...points.slice(best), ...points.slice(0, best)].map((point) => String.fromCodePoint(point)).join('');
}
