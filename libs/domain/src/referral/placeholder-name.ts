import { foldName } from '../text/fold-name.ts';

/** Folded texts that people write where they do not know a name. No family is called so. */
const NO_NAME = new Set([
  ...['unknown', 'not known', 'unk', 'not given', 'not disclosed', 'not provided', 'not recorded', 'not stated'],
  ...['not available', 'not applicable', 'no name', 'no name given', 'no name yet', 'name not known', 'name unknown'],
  ...['unnamed', 'un named', 'not named', 'not yet named', 'to be confirmed', 'to be advised', 'to follow', 'as above'],
  ...['n a', 'n k', 'nk', 'tbc', 'tba', 'tbd', 'nil', 'none', 'null', 'undefined', 'blank', 'anon', 'anonymous'],
  ...['withheld', 'name withheld', 'refused', 'missing', 'dont know', 'do not know', 'unsure', 'same as above'],
  ...['surname', 'last name', 'family name', 'first name', 'forename', 'test', 'testing', 'unborn', 'baby'],
]);
/** Folded words that only say that there is a child, or try a system out. Families may be called so: Son, Child, Na. */
const NO_FIRST_NAME = new Set([
  ...['babe', 'bby', 'bb', 'infant', 'newborn', 'new born', 'unborn child', 'unborn baby', 'foetus', 'fetus'],
  ...['child', 'children', 'kid', 'toddler', 'boy', 'girl', 'male', 'female', 'son', 'daughter', 'sibling', 'brother'],
  ...['sister', 'twin', 'triplet', 'pupil', 'student', 'patient', 'minor', 'person', 'young person', 'yp', 'client'],
  ...['na', 'name', 'tester', 'test child', 'dummy', 'example', 'sample', 'fake', 'john doe', 'jane doe', 'joe bloggs'],
]);
/** What tells one nameless child from another: `Baby 2`, `Twin A`, `Unborn Baby of`. */
const WHICH = /^(\d+|[a-z]|one|two|three|four|first|second|third|of|the)$/;
/** With such a word before the family's name, `Baby Girl Smith` in one field is no name of a child. */
const NAMELESS = /^(baby|unborn|newborn|infant|twin|unknown|unnamed)( |$)/;

/**
 * Whether a name says that there is none, such as “Not known”, “Baby” or “Test”.
 *
 * @param name as submitted
 * @param part what it is: a family name may be a word that is no first name
 */
export function isPlaceholderName(name: string, part: 'first' | 'last' | 'whole'): boolean {
  const folded = foldName(name);
  const isNone = (text: string) => NO_NAME.has(text) || (part !== 'last' && NO_FIRST_NAME.has(text));
  const words = folded.split(' ');
  return (
    isNone(folded) ||
    (words.some(isNone) && words.every((word) => isNone(word) || WHICH.test(word))) ||
    (part !== 'last' && NAMELESS.test(folded)) ||
    // One letter again and again.
    /^(.)\1{2,}$/u.test(folded.replaceAll(' ', ''))
  );
}
