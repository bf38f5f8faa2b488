import { normaliseNhsNumber, normalisePostcode, normaliseUpn, parseReferralReference, withoutOrnament } from '#domain';
import { readTelephone, telephoneInWords } from '#platform';
import { dayInWords } from '../../shell/words/words.ts';

/** The parts of a search that one line of text can hold. */
export interface SoughtParts {
  readonly name?: string;
  /** `YYYY-MM-DD` */
  readonly dateOfBirth?: string;
  readonly nhsNumber?: string;
  readonly upn?: string;
  readonly reference?: string;
  readonly postcode?: string;
  /** As it is stored, such as `+441614960122`. */
  readonly telephone?: string;
}

/** How a line was understood, or what is wrong with it. */
export type Understood =
  | { readonly parts: SoughtParts; readonly words: string; readonly fault: null }
  | { readonly parts: null; readonly words: null; readonly fault: string };

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DATES = [
  /^(?<day>\d{2})(?<month>\d{2})(?<year>\d{4})$/u,
  /\b(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})\b/u,
  /\b(?<day>\d{1,2})[\s./-](?<month>\d{1,2})[\s./-](?<year>\d{2,4})\b/u,
  /\b(?<day>\d{1,2})(?:st|nd|rd|th)?[\s./-]+(?<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*[\s.,/-]+(?<year>\d{2,4})\b/iu,
];
const POSTCODE = /\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)\s*\d[A-Z]{2}\b/iu;
/** No person alive was born before. */
const EARLIEST_YEAR = 1900;

const fault = (words: string): Understood => ({ parts: null, words: null, fault: words });
const understood = (parts: SoughtParts, words: string): Understood => ({ parts, words, fault: null });

/**
 * Reads the one box of the search: a number, a reference or a telephone number alone, or a name, a date of birth and a
 * postcode in any order. What looks like a number and is none is a fault: as a name it would find no child, as if none
 * were known.
 */
export function readSought(written: string): Understood {
  const text = written.normalize('NFKC').trim();
  const bare = withoutOrnament(text);
  // A date with its dashes and spaces left out could be a reference by chance.
  if (/\D/.test(text) && DATES.some((shape) => shape.exec(text)?.[0] === text)) return placeAndName(text);
  return numberIn(text, bare) ?? nearlyANumber(bare) ?? placeAndName(text);
}

function numberIn(text: string, bare: string): Understood | null {
  // Letters alone are a name, even where they happen to make a reference.
  const reference = /\d/.test(bare) || bare.startsWith('MASH') ? parseReferralReference(text) : null;
  if (reference !== null) return understood({ reference }, `the reference ${reference}`);
  const upn = normaliseUpn(text);
  if (upn !== null) return understood({ upn }, `the Unique Pupil Number ${upn}`);
  // A number with 0 or + before it is rung: the NHS gives out none that begins with 0.
  const telephone = /^[(+0]/.test(text) || /^(tel|phone|mob)/i.test(text) ? readTelephone(text) : null;
  if (telephone !== null) return understood({ telephone }, `the telephone number ${telephoneInWords(telephone)}`);
  const nhsNumber = normaliseNhsNumber(text);
  if (nhsNumber !== null) {
    return understood({ nhsNumber }, `the NHS number ${nhsNumber.replace(/^(...)(...)(....)$/, '$1 $2 $3')}`);
  }
  return null;
}

function nearlyANumber(bare: string): Understood | null {
  if (/^MASH[0-9A-Z]*\d/.test(bare)) {
    return fault('This is not a whole reference: give one such as MASH-7K3F-9QXT');
  }
  if (/^(NHS(NO|NUMBER)?[:#]?)?\d{10}$/.test(bare) || /^NHS.*\d/.test(bare)) {
    return fault('This is not an NHS number: check its ten digits');
  }
  if (/^[A-Z]\d{11}[0-9A-Z]$/.test(bare))
    return fault('This is not a Unique Pupil Number: check its letters and digits');
  if (/^[A-Z]{1,2}\d[A-Z\d]?\d?$/.test(bare)) return fault('Give the whole postcode, such as OL6 6DL');
  return null;
}

function placeAndName(text: string): Understood {
  const date = DATES.map((shape) => shape.exec(text)).find((found) => found !== null) ?? null;
  const dateOfBirth = date === null ? undefined : dateOf(date.groups!);
  if (dateOfBirth === null)
    return fault('Give a date of birth that exists, with the year in four digits, such as 27/3/2019');
  const undated = date === null ? text : text.replace(date[0], ' ');
  const place = POSTCODE.exec(undated);
  const postcode = place === null ? undefined : (normalisePostcode(place[0]) ?? undefined);
  const name = (place === null ? undated : undated.replace(place[0], ' '))
    .replaceAll(/\b(born|dob|d\.o\.b\.)(?=\W|$)/giu, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/^[\s,;:]+|[\s,;:]+$/gu, '');
  if (/\d/.test(name) || (name !== '' && !/\p{L}/u.test(name))) {
    return fault('This is no number, date or postcode that the service knows: check it, or give a name');
  }
  const parts = {
    ...(name === '' ? {} : { name }),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(postcode === undefined ? {} : { postcode }),
  };
  const words = [
    name === '' ? [] : `the name ${name}`,
    dateOfBirth === undefined ? [] : `the date of birth ${dayInWords(dateOfBirth)}`,
    postcode === undefined ? [] : `the postcode ${postcode}`,
  ].flat();
  return words.length === 0 ? fault('Say what you know of whom you look for') : understood(parts, words.join(', '));
}

/** @returns `YYYY-MM-DD`; null where there is no such day, or which century a person meant would have to be guessed */
function dateOf({ day, month, year }: Readonly<Record<string, string>>): string | null {
  const number = /^\d+$/.test(month!) ? Number(month) : MONTHS.indexOf(month!.slice(0, 3).toLowerCase()) + 1;
  if (year!.length !== 4 || Number(year) < EARLIEST_YEAR) return null;
  try {
    const date = { year: Number(year), month: number, day: Number(day) };
    return Temporal.PlainDate.from(date, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
