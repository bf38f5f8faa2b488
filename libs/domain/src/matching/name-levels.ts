import { jaroWinkler } from './jaro-winkler.ts';

/** How alike two names are, the nearest first. `unknown`: one is missing, or they are of different scripts. */
export type NameLevel = 'equal' | 'part' | 'close' | 'sounds' | 'near' | 'slight' | 'differs' | 'unknown';

/** Whether two folded words sound alike. */
export type SoundsAlike = (one: string, other: string) => boolean;

const LEVELS: readonly NameLevel[] = ['equal', 'part', 'close', 'sounds', 'near', 'slight', 'differs', 'unknown'];
const LATIN = /^[a-z0-9 ]*$/;
/** Others in which names come. A name in one says nothing of a name in another. */
const SCRIPTS: readonly RegExp[] = [
  ...[/\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /\p{Script=Han}/u],
  ...[/\p{Script=Hangul}/u, /[\p{Script=Hiragana}\p{Script=Katakana}]/u, /\p{Script=Devanagari}/u],
  ...[/\p{Script=Bengali}/u, /\p{Script=Gurmukhi}/u, /\p{Script=Gujarati}/u, /\p{Script=Tamil}/u],
  ...[/\p{Script=Ethiopic}/u, /\p{Script=Armenian}/u, /\p{Script=Georgian}/u, /\p{Script=Thai}/u],
];

/** @param one folded, as `foldName` returns it; empty when it is not known */
export function nameLevel(one: string, other: string, soundsAlike: SoundsAlike): NameLevel {
  if (one === '' || other === '' || scriptOf(one) !== scriptOf(other)) return 'unknown';
  const [a, b] = [one.replaceAll(' ', ''), other.replaceAll(' ', '')];
  if (a === b) return 'equal';
  const [words, others] = [one.split(' '), other.split(' ')];
  if (isPart(words, others) || isPart(others, words)) return 'part';
  // Splink's levels of Jaro-Winkler.
  const likeness = jaroWinkler(a, b);
  if (likeness >= 0.92) return 'close';
  // The sounds are of English: of another script's bytes they would make any two names alike.
  if (LATIN.test(one) && soundsAlike(one, other)) return 'sounds';
  if (likeness >= 0.88) return 'near';
  return likeness >= 0.7 ? 'slight' : 'differs';
}

/** Latin is the number of scripts. */
function scriptOf(name: string): number {
  return LATIN.test(name) ? SCRIPTS.length : SCRIPTS.findIndex((script) => script.test(name));
}

/**
 * The nearest level of the first name of one with any of the other. Second names alone say nothing, because brothers and
 * sisters often share one.
 */
export function nearestLevel(one: readonly string[], other: readonly string[], soundsAlike: SoundsAlike): NameLevel {
  const levels = one.flatMap((a, at) =>
    other.flatMap((b, place) => (at > 0 && place > 0 ? [] : [nameLevel(a, b, soundsAlike)])),
  );
  return LEVELS.find((level) => levels.includes(level)) ?? 'unknown';
}

/**
 * Whether each of two children has a given name that is like none of the other's: `Muhammad Ali` and `Muhammad Hassan`
 * are two brothers as likely as one boy.
 */
export function haveOtherNames(one: readonly string[], other: readonly string[]): boolean {
  const wordsOf = (names: readonly string[]) =>
    names.flatMap((name) => name.split(' ')).filter((word) => word.length > 1);
  const isLike = (a: string, b: string) => !['slight', 'differs'].includes(nameLevel(a, b, () => false));
  const hasItsOwn = (words: readonly string[], others: readonly string[]) =>
    words.some((word) => !others.some((like) => isLike(word, like)) && !others.join('').includes(word));
  const [words, others] = [wordsOf(one), wordsOf(other)];
  return hasItsOwn(words, others) && hasItsOwn(others, words);
}

/** Whether all words of one name are in the other, as of a name with a hyphen. An initial is no name. */
function isPart(words: readonly string[], others: readonly string[]): boolean {
  return words.length < others.length && words.every((word) => word.length > 1 && others.includes(word));
}
