import type { SubmittedChild } from '#domain';

/** A number from 0 up to 1, the next of a seeded row: the same seed gives the same children. */
export type Random = () => number;

/** Mulberry32, a small generator that is good enough to draw names. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A child as one referral has it, and the family that it is of. */
export interface SyntheticChild {
  readonly child: SubmittedChild;
  /** Children of one family have one surname and one address. */
  readonly family: number;
  /** The index of its twin; null when it has none. */
  readonly twin: number | null;
}

/** How the second referral of a child differs from the first. */
export const VARIATIONS = [
  'as before',
  'a typing mistake in the first name',
  'a typing mistake in the last name',
  'two letters of the first name swapped',
  'first and last name swapped',
  'half of a double name',
  'another last name',
  'no accents',
  'another script',
  'one digit of the date of birth',
  'day and month of birth swapped',
  'an estimated age',
  'moved away',
  'a number that belongs to no person',
] as const;
export type Variation = (typeof VARIATIONS)[number];

const FIRST = [
  ['F', 'Aaliyah'], ['F', 'Amelia'], ['F', 'Aoife'], ['F', 'Beatrice'], ['F', 'Chloe'], ['F', 'Daisy'], ['F', 'Elodie'],
  ['F', 'Esme'], ['F', 'Fatima'], ['F', 'Freya'], ['F', 'Funmilayo'], ['F', 'Grace'], ['F', 'Hafsa'], ['F', 'Imogen'],
  ['F', 'Jasmine'], ['F', 'Keira'], ['F', 'Lily'], ['F', 'Maryam'], ['F', 'Mia'], ['F', 'Niamh'], ['F', 'Olivia'],
  ['F', 'Poppy'], ['F', 'Roksana'], ['F', 'Saoirse'], ['F', 'Sienna'], ['F', 'Tabitha'], ['F', 'Yasmin'], ['F', 'Zofia'],
  ['F', 'Zoë'], ['F', 'Renée'], ['F', 'Łucja'], ['F', 'Bronwen'], ['M', 'Adeyemi'], ['M', 'Alfie'], ['M', 'Archie'],
  ['M', 'Bartosz'], ['M', 'Callum'], ['M', 'Dawid'], ['M', 'Declan'], ['M', 'Elijah'], ['M', 'Finley'], ['M', 'George'],
  ['M', 'Harvey'], ['M', 'Ibrahim'], ['M', 'Isaac'], ['M', 'Jakub'], ['M', 'Jayden'], ['M', 'Kieran'], ['M', 'Leo'],
  ['M', 'Mohammed'], ['M', 'Noah'], ['M', 'Oscar'], ['M', 'Patrick'], ['M', 'Reuben'], ['M', 'Samuel'], ['M', 'Tariq'],
  ['M', 'Umar'], ['M', 'Victor'], ['M', 'William'], ['M', 'Yusuf'], ['M', 'Zachary'], ['M', 'Jürgen'], ['M', 'José'],
] as const; // prettier-ignore
const LAST = [
  'Abernathy', 'Adeyinka', 'Ahmed', 'Ashworth', 'Barlow', 'Begum', 'Bielak', 'Bradshaw', 'Broadley', 'Burgess',
  'Cartwright', 'Chadderton', 'Clegg', 'Corrigan', 'Dąbrowska', 'Daley', 'Dearden', 'Eckersley', 'Entwistle', 'Fairclough',
  'Fogarty', 'Garside', 'Greenhalgh', 'Hague', 'Hampson', 'Haworth', 'Heywood', 'Hussain', 'Iqbal', 'Jagger', 'Jepson',
  'Kargbo', 'Kershaw', 'Khan', 'Kowalczyk', 'Lomax', 'Lowe', 'Marsden', 'Mbeki', 'Mellor', 'Müller', 'Nkemelu', 'Nuttall',
  'O’Rourke', 'Ogden', 'Okafor', 'Ormerod', 'Owusu', 'Pilkington', 'Pyke', 'Rahman', 'Ramsbottom', 'Ridings', 'Rostron',
  'Sandhu', 'Schofield', 'Sesay', 'Shah', 'Singh', 'Smith', 'Stott', 'Taylor', 'Tetlow', 'Thackray', 'Unsworth', 'Vale',
  'Valderrama', 'Walmsley', 'Whittaker', 'Williams', 'Wójcik', 'Wrigley', 'Yıldız', 'Zając',
] as const; // prettier-ignore
const IN_ANOTHER_SCRIPT = ['Мария', 'Иван', 'محمد', 'فاطمة', 'אברהם', 'Ελένη', '王芳', 'नेहा'] as const;
const TWINS = 0.03;
const DOUBLE_NAMES = 0.12;

/** Families of one to four children, some of them twins. A date of birth in six is a first of January. */
export function syntheticChildren(count: number, random: Random): readonly SyntheticChild[] {
  const made: SyntheticChild[] = [];
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  for (let family = 0; made.length < count; family += 1) {
    const lastName = random() < DOUBLE_NAMES ? `${pick(LAST)}-${pick(LAST)}` : pick(LAST);
    const postcode = postcodeOf(random);
    const children = 1 + Math.floor(random() * 4);
    const taken = new Set<string>();
    const nextChild = (dateOfBirth: string): SubmittedChild => {
      let [sex, firstName] = pick(FIRST) as readonly [string, string];
      while (taken.has(firstName)) [sex, firstName] = pick(FIRST) as readonly [string, string];
      taken.add(firstName);
      return { firstName, lastName, sex, dateOfBirth, address: { postcode } };
    };
    for (let child = 0; child < children && made.length < count; child += 1) {
      const born = bornOn(random);
      if (random() < TWINS && made.length + 2 <= count) {
        made.push({ child: nextChild(born), family, twin: made.length + 1 });
        made.push({ child: nextChild(born), family, twin: made.length - 1 });
      } else made.push({ child: nextChild(born), family, twin: null });
    }
  }
  return made;
}

/** The same child as a later referral may have it. */
export function varied(child: SubmittedChild, variation: Variation, random: Random): SubmittedChild {
  const { firstName = '', lastName = '', dateOfBirth = '' } = child;
  const [year, month, day] = dateOfBirth.split('-') as [string, string, string];
  switch (variation) {
    case 'as before':
      return child;
    case 'a typing mistake in the first name':
      return { ...child, firstName: mistyped(firstName, random) };
    case 'a typing mistake in the last name':
      return { ...child, lastName: mistyped(lastName, random) };
    case 'two letters of the first name swapped':
      return { ...child, firstName: lettersSwapped(firstName, random) };
    case 'first and last name swapped':
      return { ...child, firstName: lastName, lastName: firstName };
    case 'half of a double name':
      return { ...child, lastName: lastName.split('-').at(random() < 0.5 ? 0 : -1)! };
    case 'another last name':
      return { ...child, lastName: LAST[Math.floor(random() * LAST.length)]! };
    case 'no accents':
      return { ...child, firstName: plain(firstName), lastName: plain(lastName) };
    case 'another script':
      return { ...child, firstName: IN_ANOTHER_SCRIPT[Math.floor(random() * IN_ANOTHER_SCRIPT.length)]! };
    case 'one digit of the date of birth':
      return {
        ...child,
        dateOfBirth: `${year}-${month}-${day.startsWith('0') ? '1' : '0'}${day[1] === '0' ? '1' : day[1]!}`,
      };
    case 'day and month of birth swapped':
      return Number(day) > 12 ? child : { ...child, dateOfBirth: `${year}-${day}-${month}` };
    case 'an estimated age': {
      const { dateOfBirth: _, ...rest } = child;
      return { ...rest, estimatedAge: 2026 - Number(year) };
    }
    case 'moved away':
      return { ...child, address: { postcode: postcodeOf(random) } };
    case 'a number that belongs to no person':
      return { ...child, nhsNumber: '0000000000' };
  }
}

function bornOn(random: Random): string {
  const year = 2009 + Math.floor(random() * 17);
  if (random() < 1 / 6) return `${year}-01-01`;
  const day = Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ days: Math.floor(random() * 365) });
  return day.toString();
}

function postcodeOf(random: Random): string {
  const letter = () => 'ABDEFGHJLNPQRSTUWXYZ'[Math.floor(random() * 20)]!;
  return `OL${1 + Math.floor(random() * 16)} ${1 + Math.floor(random() * 9)}${letter()}${letter()}`;
}

function mistyped(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 1));
  const letter = 'aeioulnrst'[Math.floor(random() * 10)]!;
  const kind = Math.floor(random() * 3);
  if (kind === 0 && name.length > 3) return name.slice(0, at) + name.slice(at + 1);
  return name.slice(0, at) + letter + name.slice(kind === 1 ? at : at + 1);
}

function lettersSwapped(name: string, random: Random): string {
  const at = 1 + Math.floor(random() * (name.length - 2));
  return name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2);
}

function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('Ł', 'L').replaceAll('ł', 'l').replaceAll('ı', 'i');
}
