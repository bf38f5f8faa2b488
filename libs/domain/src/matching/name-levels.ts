import { jaroWinkler } from './jaro-winkler.ts';

/** How alike two names are, the nearest first. `unknown`: one is missing, or they are of different scripts. */
export type NameLevel = 'equal' | 'part' | 'close' | 'sounds' | 'near' | 'slight' | 'differs' | 'unknown';

/** Whether two folded words sound alike. */
export type SoundsAlike = (one: string, other: string) => boolean;

const LEVELS: readonly NameLevel[] = ['equal', 'part', 'close', 'sounds', 'near', 'slight', 'differs', 'unknown'];
const LATIN = /^[a-z0-9 ]*$/;

/** @param one folded, as `foldName` returns it; empty when it is not known */
export function nameLevel(one: string, other: string, soundsAlike: SoundsAlike): NameLevel {
  if (one === '' || other === '' || LATIN.test(one) !== LATIN.test(other)) return 'unknown';
  const [a, b] = [one.replaceAll(' ', ''), other.replaceAll(' ', '')];
  if (a === b) return 'equal';
  const [words, others] = [one.split(' '), other.split(' ')];
  if (isPart(words, others) || isPart(others, words)) return 'part';
  // Splink's levels of Jaro-Winkler.
  const likeness = jaroWinkler(a, b);
  if (likeness >= 0.92) return 'close';
  if (soundsAlike(one, other)) return 'sounds';
  if (likeness >= 0.88) return 'near';
  return likeness >= 0.7 ? 'slight' : 'differs';
}

/** The nearest level of any name of one with any of the other. */
export function nearestLevel(one: readonly string[], other: readonly string[], soundsAlike: SoundsAlike): NameLevel {
  const levels = one.flatMap((a) => other.map((b) => nameLevel(a, b, soundsAlike)));
  return LEVELS.find((level) => levels.includes(level)) ?? 'unknown';
}

/** Whether all words of one name are in the other, as of a name with a hyphen. An initial is no name. */
function isPart(words: readonly string[], others: readonly string[]): boolean {
  return words.length < others.length && words.every((word) => word.length > 1 && others.includes(word));
}
