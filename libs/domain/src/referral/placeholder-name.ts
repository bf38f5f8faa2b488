import { foldName } from '../text/fold-name.ts';

/** Folded texts that people write where they do not know a name. */
const NO_NAME = new Set([
  ...['unknown', 'unkown', 'unknwon', 'not known', 'not yet known', 'no known name', 'unk', 'ukn', 'u k', 'unclear'],
  ...['not given', 'none given', 'not disclosed', 'not provided', 'not recorded', 'not stated', 'not sure', 'unsure'],
  ...['not available', 'not applicable', 'no name', 'no name given', 'no name yet', 'name not known', 'name unknown'],
  ...['no first name', 'no surname', 'nameless', 'unnamed', 'un named', 'not named', 'not yet named', 'to be named'],
  ...['to be confirmed', 'to be advised', 'to follow', 'as above', 'same as above', 'dont know', 'do not know'],
  ...['n a', 'n k', 'tbc', 'tba', 'tbd', 'undefined', 'anonymous', 'anonymised', 'redacted', 'unidentified'],
  ...[
    'withheld',
    'name withheld',
    'refused',
    'surname',
    'last name',
    'family name',
    'first name',
    'forename',
    'unborn',
  ],
  ...['fnu', 'lnu', 'nfn', 'nln', 'asdf', 'qwerty', 'anhysbys', '未知', 'неизвестно', 'غير معروف'],
]);
/** Folded words that only say that there is a child, or try a system out, before a family's name. */
const NO_FIRST_NAME = new Set([
  ...['baby', 'babi', 'babe', 'bby', 'bb', 'bump', 'b o', 'infant', 'newborn', 'new born', 'foetus', 'fetus', 'child'],
  ...[
    'children',
    'kid',
    'toddler',
    'boy',
    'girl',
    'male',
    'female',
    'daughter',
    'sibling',
    'brother',
    'sister',
    'twin',
  ],
  ...[
    'triplet',
    'eldest',
    'oldest',
    'youngest',
    'pupil',
    'student',
    'patient',
    'minor',
    'person',
    'young person',
    'yp',
  ],
  ...['client', 'name', 'test', 'testing', 'tester', 'dummy', 'example', 'sample', 'fake', 'null', 'none', 'missing'],
  ...['john doe', 'jane doe', 'joe bloggs', 'mickey mouse'],
]);
/** Names of people as well: they say that there is none only where no other name stands beside them. */
const NAMES_TOO = new Set([
  'son',
  'na',
  'nil',
  'nk',
  'anon',
  'blank',
  'null',
  'none',
  'missing',
  'test',
  'baby',
  'child',
]);
/** What tells one nameless child from another: `Baby 2`, `Twin A`, `Older brother`, `Unborn Baby of`. */
const WHICH = /^(\d+|[a-z]|one|two|three|four|first|second|third|of|the|my|his|her|new|older|elder|younger|little)$/;
/** With such a word before or behind the family's name, `Baby Girl Smith` in one field is no name of a child. */
const NAMELESS = /^(baby|unborn|newborn|infant|twin|unknown|unnamed|unidentified)( |$)|^\S+ (baby|unborn)$/;

/**
 * Whether a child's name says that there is none, such as “Not known”, “Baby” or “Test”. No two children are one because
 * of such a name.
 *
 * @param first name and last name as submitted; empty where none was given
 */
export function saysNoName(first: string, last: string): boolean {
  const [one, other] = [foldName(first), foldName(last)];
  const whole = `${one} ${other}`.trim();
  if (isNone(whole, true) || NAMELESS.test(one) || isNone(one, true)) return true;
  // What is no letter is no name: `?`, `0`, `—`.
  if (first.trim() !== '' && !/\p{L}/u.test(one)) return true;
  if (one === '') return NAMES_TOO.has(other) || isNone(other, true) || NAMELESS.test(other);
  if (NAMES_TOO.has(one)) return other === '' || NAMES_TOO.has(other) || isNone(other, false);
  return isNone(other, false);
}

/** @param isFirst whether words that only say that there is a child count: a family may be called so */
function isNone(folded: string, isFirst: boolean): boolean {
  const isWord = (text: string) => NO_NAME.has(text) || (isFirst && NO_FIRST_NAME.has(text));
  const words = folded.split(' ').map((word) => word.replace(/(?<=\p{L})\d+$/u, ''));
  return (
    isWord(words.join(' ')) ||
    (words.some(isWord) && words.every((word) => isWord(word) || WHICH.test(word))) ||
    // One letter again and again.
    /^(.)\1{2,}$/u.test(folded.replaceAll(' ', '')) ||
    /^(.)( \1)+$/u.test(folded)
  );
}
