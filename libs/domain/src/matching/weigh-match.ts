import type { Born, ChildProfile } from './child-profile.ts';
import { haveOtherNames, nameLevel, nearestLevel, type NameLevel, type SoundsAlike } from './name-levels.ts';

/** A fact that speaks for or against the same child, in the order in which a person is told of it. */
export type MatchReason =
  | 'nhs_number'
  | 'upn'
  | 'born_same'
  | 'born_swapped'
  | 'born_one_digit'
  | 'born_around'
  | 'names_swapped'
  | 'first_name_same'
  | 'first_name_alike'
  | 'first_name_sounds'
  | 'last_name_same'
  | 'last_name_part'
  | 'last_name_alike'
  | 'last_name_sounds'
  | 'postcode_same'
  | 'postcode_near'
  | 'may_be_twin'
  | 'born_differs'
  | 'first_name_differs'
  | 'last_name_differs'
  | 'sex_differs'
  | 'postcode_differs';

/** `probable`: 99 % and no veto. `possible`: 80 %. */
export type MatchBand = 'probable' | 'possible';

/** How likely two referrals are about one child. */
export interface Match {
  /** Null below 80 %, and where a veto hides it. */
  readonly band: MatchBand | null;
  /** The base-2 logarithm of the odds: 0 is 50 %, 7 is 99 %. */
  readonly weight: number;
  readonly reasons: readonly MatchReason[];
}

/** As a hub with fewer children would be too sure of each match. */
const FEWEST_CHILDREN = 1_000;
const PROBABLE = 0.99;
const POSSIBLE = 0.8;

/**
 * Weights of Fellegi and Sunter: log2(m / u), the chance of the level for one child over that for two. Date of birth and
 * exact names as Splink publishes them; the lower levels between them are ours, tried on synthetic pairs
 * (decision record 60).
 */
const LAST_NAME: Readonly<Record<NameLevel, number>> = {
  ...{ equal: 7.6, part: 5.5, close: 5, sounds: 4, near: 3, slight: -1, differs: -4.3, unknown: 0 },
};
const FIRST_NAME: Readonly<Record<NameLevel, number>> = {
  ...{ equal: 6, part: 4.5, close: 4, sounds: 3.5, near: 2.5, slight: -2.5, differs: -5, unknown: 0 },
};
const SWAPPED_NAMES = LAST_NAME.equal + FIRST_NAME.equal - 1.5;
const NUMBER = 16;
/** Fewer people share a first of January by chance than a form makes of those whose day is not known. */
const BORN = { same: 13.2, firstOfJanuary: 10, swapped: 5, oneDigit: 3.5, aMonth: 0, aYear: -2.5, more: -8 };
const BORN_AROUND = { expected: 6, estimated: 1.5, not: -9 };
const POSTCODE = { same: 10, sector: 5, district: 2.5, differs: -1 };
const SEX = { same: 1, differs: -3.5 };

interface Evidence {
  readonly weight: number;
  readonly reasons: readonly MatchReason[];
}
const NOTHING: Evidence = { weight: 0, reasons: [] };

/**
 * Weighs whether two referrals are about one child.
 *
 * Two children whose numbers of one kind differ are never a match. Two with other first names are brothers or sisters
 * until a person says otherwise, twins where they are born on one day: a first name that is only alike is `possible` at
 * most, and so is one beside other second names. So is a match without a date of birth or a first name on both sides,
 * or with a first of January at two addresses, unless they have one number and one date of birth.
 *
 * @param knownChildren how many there are that the one could be
 */
export function weighMatch(
  one: ChildProfile,
  other: ChildProfile,
  { knownChildren, soundsAlike }: { readonly knownChildren: number; readonly soundsAlike: SoundsAlike },
): Match {
  if (differ(one.nhsNumber, other.nhsNumber) || differ(one.upn, other.upn)) {
    return { band: null, weight: Number.NEGATIVE_INFINITY, reasons: [] };
  }
  const first = nearestLevel(one.firstNames, other.firstNames, soundsAlike);
  const isNumbered = isSame(one.nhsNumber, other.nhsNumber) || isSame(one.upn, other.upn);
  const isBornSame = born(one.born, other.born) === 'same';
  const firstDiffers = ['slight', 'differs'].includes(first) && !areSwapped(one, other);
  const isSibling = !isNumbered && firstDiffers;
  const isFirstSame =
    areSwapped(one, other) || (['equal', 'part'].includes(first) && !haveOtherNames(one.firstNames, other.firstNames));
  const mayBeTwin = isBornSame && !isSibling && (isNumbered ? firstDiffers : !isFirstSame);
  const evidence = [
    ofNumbers(one, other),
    ofBirth(one.born, other.born),
    ofNames(one, other, first, soundsAlike),
    ofPostcodes(one.postcode, other.postcode),
    mayBeTwin ? { weight: 0, reasons: ['may_be_twin' as const] } : NOTHING,
    ofSex(one.sex, other.sex),
  ];
  const prior = -Math.log2(Math.max(FEWEST_CHILDREN, knownChildren));
  const weight = evidence.reduce((sum, part) => sum + part.weight, prior);
  const reasons = inOrder(evidence.flatMap((part) => part.reasons));
  if (isSibling) return { band: null, weight, reasons };
  const isBornSurely = one.born?.how === 'date' && other.born?.how === 'date';
  const isFiller = isBornSame && isFirstOfJanuary(one.born) && !isSame(one.postcode, other.postcode);
  const isSure = isNumbered ? isBornSame : isBornSurely && !isFiller && isFirstSame;
  return { band: bandOf(weight, isSure && !mayBeTwin), weight, reasons };
}

/** @returns from 0 to 1 */
export function chanceOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}

function bandOf(weight: number, mayBeProbable: boolean): MatchBand | null {
  const chance = chanceOf(weight);
  if (chance < POSSIBLE) return null;
  return chance >= PROBABLE && mayBeProbable ? 'probable' : 'possible';
}

function ofNumbers(one: ChildProfile, other: ChildProfile): Evidence {
  const reasons: MatchReason[] = [
    ...(isSame(one.nhsNumber, other.nhsNumber) ? ['nhs_number' as const] : []),
    ...(isSame(one.upn, other.upn) ? ['upn' as const] : []),
  ];
  return { weight: reasons.length === 0 ? 0 : NUMBER, reasons };
}

function ofBirth(one: Born | null, other: Born | null): Evidence {
  const level = born(one, other);
  switch (level) {
    case null:
      return NOTHING;
    case 'same':
      return { weight: isFirstOfJanuary(one) ? BORN.firstOfJanuary : BORN.same, reasons: ['born_same'] };
    case 'swapped':
      return { weight: BORN.swapped, reasons: ['born_swapped'] };
    case 'oneDigit':
      return { weight: BORN.oneDigit, reasons: ['born_one_digit'] };
    case 'expected':
    case 'estimated':
      return { weight: BORN_AROUND[level], reasons: ['born_around'] };
    case 'not':
      return { weight: BORN_AROUND.not, reasons: ['born_differs'] };
    case 'aMonth':
    case 'aYear':
    case 'more':
      return { weight: BORN[level], reasons: ['born_differs'] };
  }
}

type BornLevel = 'same' | 'swapped' | 'oneDigit' | 'aMonth' | 'aYear' | 'more' | 'expected' | 'estimated' | 'not';

function born(one: Born | null, other: Born | null): BornLevel | null {
  if (one === null || other === null) return null;
  const compare = (a: Temporal.PlainDate, b: Temporal.PlainDate) => Temporal.PlainDate.compare(a, b);
  if (one.how !== 'date' || other.how !== 'date') {
    const overlap = compare(one.from, other.until) <= 0 && compare(other.from, one.until) <= 0;
    if (!overlap) return 'not';
    return one.how === 'estimated' || other.how === 'estimated' ? 'estimated' : 'expected';
  }
  const [a, b] = [one.from, other.from];
  if (compare(a, b) === 0) return 'same';
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'swapped';
  const digits = [...a.toString()].filter((digit, place) => digit !== b.toString()[place]).length;
  if (digits === 1) return 'oneDigit';
  const days = Math.abs(a.until(b).days);
  if (days <= 31) return 'aMonth';
  return days <= 366 ? 'aYear' : 'more';
}

function ofNames(one: ChildProfile, other: ChildProfile, first: NameLevel, soundsAlike: SoundsAlike): Evidence {
  const last = nameLevel(one.lastName, other.lastName, soundsAlike);
  const weight = LAST_NAME[last] + FIRST_NAME[first];
  if (weight < SWAPPED_NAMES && areSwapped(one, other)) return { weight: SWAPPED_NAMES, reasons: ['names_swapped'] };
  return { weight, reasons: [...reasonsOf('first_name', first), ...reasonsOf('last_name', last)] };
}

/** The first name of one is the last name of the other, and the other way round; or both are in one field of one. */
function areSwapped(one: ChildProfile, other: ChildProfile): boolean {
  const hasBoth = [one, other].some(({ firstNames, lastName }) => firstNames.length > 0 && lastName !== '');
  if (hasBoth && isSame(one.nameKey, other.nameKey) && one.lastName !== other.lastName) return true;
  const isIt = (names: readonly string[], last: string) => last !== '' && names.includes(last);
  return (
    isIt(one.firstNames, other.lastName) && isIt(other.firstNames, one.lastName) && one.lastName !== other.lastName
  );
}

function reasonsOf(name: 'first_name' | 'last_name', level: NameLevel): readonly MatchReason[] {
  switch (level) {
    case 'equal':
      return [`${name}_same`];
    case 'part':
      return name === 'last_name' ? ['last_name_part'] : ['first_name_alike'];
    case 'close':
    case 'near':
      return [`${name}_alike`];
    case 'sounds':
      return [`${name}_sounds`];
    case 'slight':
    case 'differs':
      return [`${name}_differs`];
    case 'unknown':
      return [];
  }
}

function ofPostcodes(one: string | null, other: string | null): Evidence {
  if (one === null || other === null) return NOTHING;
  const district = (postcode: string) => postcode.split(' ')[0]!;
  const sector = (postcode: string) => postcode.slice(0, -2);
  if (one === other) return { weight: POSTCODE.same, reasons: ['postcode_same'] };
  if (sector(one) === sector(other)) return { weight: POSTCODE.sector, reasons: ['postcode_near'] };
  if (district(one) === district(other)) return { weight: POSTCODE.district, reasons: ['postcode_near'] };
  return { weight: POSTCODE.differs, reasons: ['postcode_differs'] };
}

function ofSex(one: string | null, other: string | null): Evidence {
  if (one === null || other === null) return NOTHING;
  return one === other ? { weight: SEX.same, reasons: [] } : { weight: SEX.differs, reasons: ['sex_differs'] };
}

const ORDER: readonly MatchReason[] = [
  ...(['nhs_number', 'upn', 'born_same', 'born_swapped', 'born_one_digit', 'born_around', 'names_swapped'] as const),
  ...(['first_name_same', 'first_name_alike', 'first_name_sounds', 'last_name_same', 'last_name_part'] as const),
  ...([
    'last_name_alike',
    'last_name_sounds',
    'postcode_same',
    'postcode_near',
    'may_be_twin',
    'born_differs',
  ] as const),
  ...(['first_name_differs', 'last_name_differs', 'sex_differs', 'postcode_differs'] as const),
];
function inOrder(reasons: readonly MatchReason[]): readonly MatchReason[] {
  return ORDER.filter((reason) => reasons.includes(reason));
}

const isFirstOfJanuary = (one: Born | null) => one?.from.month === 1 && one.from.day === 1;
const isSame = (one: string | null, other: string | null) => one !== null && one === other;
const differ = (one: string | null, other: string | null) => one !== null && other !== null && one !== other;
