import type { SubmittedAdult, SubmittedChild } from '#domain';
import { readNhsNumber, readUpn } from '#domain';
import type { Seeded } from './seeded.ts';

/** A child of a family that does not exist. */
export interface FamilyChild {
  readonly firstName: string;
  /** A local date; in the future for a child who is not born yet. */
  readonly born: Temporal.PlainDate;
  readonly sex: 'F' | 'M';
  readonly disabilities: readonly string[];
  readonly nhsNumber: string;
  readonly upn: string;
}

/** A family that does not exist, and may come back. */
export interface Family {
  readonly lastName: string;
  readonly ethnicity: string;
  readonly language: string;
  readonly address: { readonly line1: string; readonly town: string; readonly postcode: string };
  readonly children: readonly FamilyChild[];
  readonly adults: readonly SubmittedAdult[];
}

const GIRLS = ['Aveline', 'Bettina', 'Cressida', 'Darcey', 'Elowen', 'Fern', 'Greta', 'Honor', 'Inaya', 'Jessamy', 'Kezia', 'Liana', 'Merryn', 'Nell', 'Orla', 'Petra', 'Romilly', 'Saffi', 'Tamsin', 'Ursula', 'Verity', 'Willa', 'Yasmeen', 'Zadie']; // prettier-ignore
const BOYS = ['Ambrose', 'Barnaby', 'Caspian', 'Dewi', 'Ellis', 'Fabian', 'Gethin', 'Hamish', 'Idris', 'Jago', 'Kit', 'Lorcan', 'Magnus', 'Ned', 'Osian', 'Piers', 'Quentin', 'Rafe', 'Silas', 'Taran', 'Umar', 'Vaughan', 'Wilf', 'Zayn']; // prettier-ignore
const BEGINS = ['Ash', 'Birch', 'Cald', 'Dray', 'Els', 'Farn', 'Grims', 'Hather', 'Ings', 'Kel', 'Lang', 'Marl', 'Nether', 'Ormer', 'Pend', 'Quarn', 'Raven', 'Sel', 'Thack', 'Under', 'Wether', 'Yard']; // prettier-ignore
const ENDS = ['bourne', 'by', 'combe', 'croft', 'dale', 'field', 'gill', 'ham', 'holt', 'ley', 'mere', 'more', 'shaw', 'stead', 'thwaite', 'worth']; // prettier-ignore
const MOTHERS = ['Agnes', 'Bryony', 'Carys', 'Delphine', 'Esme', 'Freda', 'Gwen', 'Hester', 'Ilse', 'Joan', 'Keris', 'Lorna', 'Maud', 'Nuala', 'Odette', 'Rhona']; // prettier-ignore
const FATHERS = ['Alaric', 'Bram', 'Conrad', 'Dunstan', 'Emlyn', 'Fergal', 'Gavin', 'Howell', 'Ivor', 'Jarvis', 'Kester', 'Lionel', 'Morgan', 'Neville', 'Osbert', 'Rhodri']; // prettier-ignore
const STREETS = ['Alder Fold', 'Bobbin Street', 'Canal Terrace', 'Dyer Lane', 'Engine Row', 'Fuller Close', 'Heddle Street', 'Loom Bank', 'Mill Brow', 'Reed Street', 'Shuttle Lane', 'Weir Road']; // prettier-ignore
const TOWNS = [
  ['Ashton-under-Lyne', 'OL6 9'], ['Denton', 'M34 9'], ['Hyde', 'SK14 9'], ['Stalybridge', 'SK15 9'],
  ['Dukinfield', 'SK16 9'], ['Mossley', 'OL5 9'], ['Droylsden', 'M43 9'], ['Audenshaw', 'M34 8'],
] as const; // prettier-ignore
const ETHNICITIES = [
  ['WBRI', 'English', 69], ['APKN', 'Urdu', 9], ['ABAN', 'Bengali', 6], ['MWBC', 'English', 4], ['BAFR', 'English', 4],
  ['WOTH', 'Polish', 5], ['NOBT', 'English', 3],
] as const; // prettier-ignore
const DISABILITIES = [['NONE', 84], ['AUT', 6], ['LD', 3], ['BEH', 3], ['CON', 2], ['HEAR', 1], ['MOB', 1]] as const; // prettier-ignore
const INWARD = 'ABDEFGHJLNPQRSTUWXYZ';

/**
 * A family that has not been referred before.
 *
 * @param today the local date
 * @param ages the youngest and oldest age of the first child, in years; below 0 for one who is not born yet
 */
export function newFamily(random: Seeded, today: Temporal.PlainDate, [from, to]: readonly [number, number]): Family {
  const lastName = random.pick(BEGINS) + random.pick(ENDS);
  const [ethnicity, language] = random.weighted(ETHNICITIES, (one) => one[2]);
  const [town, outward] = random.pick(TOWNS);
  const born = from < 0 ? today.add({ days: random.whole(30, 150) }) : today.subtract({ days: Math.floor((from + random.share() * (to - from + 0.9)) * 365.25) + 1 }); // prettier-ignore
  const others = random.weighted([0, 1, 2], (count) => [55, 30, 15][count]!);
  const siblings = Array.from({ length: others }, (_, place) =>
    born.subtract({ days: 500 * (place + 1) + random.whole(0, 300) }),
  );
  const isGrown = (date: Temporal.PlainDate) => date.until(today, { largestUnit: 'year' }).years >= 18;
  return {
    ...{ lastName, ethnicity, language },
    address: {
      line1: `${random.whole(1, 140)} ${random.pick(STREETS)}`,
      town,
      postcode: `${outward}${random.pick([...INWARD])}${random.pick([...INWARD])}`,
    },
    children: [born, ...siblings.filter((date) => !isGrown(date))].map((date) => newChild(random, date)),
    adults: parentsOf(random, lastName),
  };
}

function newChild(random: Seeded, born: Temporal.PlainDate): FamilyChild {
  const sex = random.happens(0.5) ? 'F' : 'M';
  return {
    firstName: random.pick(sex === 'F' ? GIRLS : BOYS),
    ...{ born, sex },
    disabilities: [random.weighted(DISABILITIES, (one) => one[1])[0]],
    nhsNumber: firstValid(random, (digits) => {
      const read = readNhsNumber(`999${digits.slice(0, 7)}`);
      return 'nhsNumber' in read ? read.nhsNumber : null;
    }),
    upn: firstValid(random, (digits) => {
      const number = `999${digits.slice(0, 9)}`;
      const sum = [...number].reduce((total, digit, place) => total + Number(digit) * (place + 2), 0);
      const read = readUpn(`${CHECK_LETTERS[sum % CHECK_LETTERS.length]!}${number}`);
      return 'upn' in read ? read.upn : null;
    }),
  };
}

/** In the order of the check (DfE, modulus 23). */
const CHECK_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/** Numbers are drawn until one has the right check digit or letter. Those that begin with 999 belong to no person. */
function firstValid(random: Seeded, read: (digits: string) => string | null): string {
  for (;;) {
    const found = read(String(random.bits()).padStart(10, '0').slice(-10));
    if (found !== null) return found;
  }
}

function parentsOf(random: Seeded, lastName: string): readonly SubmittedAdult[] {
  const mother = { name: `${random.pick(MOTHERS)} ${lastName}`, relationship: 'Mother', parentalResponsibility: 'yes', livesWithChild: 'yes' }; // prettier-ignore
  const lives = random.happens(0.6) ? 'yes' : 'no';
  const father = { name: `${random.pick(FATHERS)} ${lastName}`, relationship: 'Father', parentalResponsibility: 'yes', livesWithChild: lives }; // prettier-ignore
  return random.happens(0.75) ? [mother, father] : [mother];
}

/** How well an agency fills in a referral: the share of answers that it gives. */
export type Completeness = number;

/** A family's children as an agency describes them on a day. */
export function asSubmitted(
  random: Seeded,
  family: Family,
  today: Temporal.PlainDate,
  completeness: Completeness,
  numbers: { readonly nhs: boolean; readonly upn: boolean },
): readonly SubmittedChild[] {
  const { lastName, ethnicity, language, address } = family;
  const isKnown = () => random.happens(completeness);
  return family.children.map(({ firstName, born, sex, disabilities, nhsNumber, upn }) => {
    if (Temporal.PlainDate.compare(born, today) > 0) {
      return { firstName: 'Unborn', lastName, expectedDateOfBirth: born.toString(), sex: 'U', address };
    }
    const age = born.until(today, { largestUnit: 'year' }).years;
    return {
      ...{ firstName, lastName, sex, address },
      ...(isKnown() ? { dateOfBirth: born.toString() } : { estimatedAge: age }),
      ...(isKnown() ? { ethnicity } : {}),
      ...(isKnown() ? { disabilities } : {}),
      ...(numbers.nhs && isKnown() ? { nhsNumber } : {}),
      ...(numbers.upn && age >= 5 && isKnown() ? { upn } : {}),
      ...(isKnown() ? { firstLanguage: language, interpreterNeeded: language !== 'English' && age > 2 } : {}),
    };
  });
}
