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

/** Of all the ways to begin a text at one of its code points and go round, the first in the order of code points. */
export function smallestTurn(text: string): string {
  const points = [...text].map((character) => character.codePointAt(0)!);
  const length = points.length;
  let best = 0;
  for (let begin = 1; begin < length; begin++) {
    let along = 0;
    while (along < length && points[(begin + along) % length] === points[(best + along) % length]) along += 1;
    if (along < length && points[(begin + along) % length]! < points[(best + along) % length]!) best = begin;
  }
  return String.fromCodePoint(...points.slice(best), ...points.slice(0, best));
}
