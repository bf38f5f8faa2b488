import { isPlaceholderNumber } from '#domain';
// Google's numbering data, kept by its users week by week; MIT, no dependencies. "max" has the data that tells mobiles.
import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';

/** The United Kingdom's mobiles (Ofcom: 071 to 075 and 077 to 079), those kept for drama and tests with them. */
const BRITISH_MOBILE = /^\+447[1-57-9]\d{8}$/;

/** Longer than any number with the words around it: such a text is no number, and reading it would cost much. */
const LONGEST = 200;

/**
 * Reads a telephone number as people write or copy it, of the United Kingdom unless it has a country's code.
 *
 * @returns the number in E.164, such as `+441614960122`, and after it `;ext=` and the digits of an extension (RFC 3966);
 * null when no such number can be dialled from everywhere, such as `101` or a number without its area code
 */
export function readTelephone(written: string): string | null {
  const number = parsed(written);
  if (number === undefined || !canBeDialled(number)) return null;
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
}

/** Whether a text message can be sent to a number that {@link readTelephone} returned. */
export function isMobile(number: string): boolean {
  const type = parsed(number)?.getType();
  return type === 'MOBILE' || BRITISH_MOBILE.test(number);
}

/** A number as people of the United Kingdom read it, such as `0161 496 0122 ext. 12`; another text as it is. */
export function telephoneInWords(number: string): string {
  const read = /^\+/.test(number) ? parsed(number) : undefined;
  if (read === undefined) return number;
  const words = read.countryCallingCode === '44' ? read.formatNational() : read.formatInternational();
  return words.replace(/ x(?=\d+$)/, ' ext. ');
}

/** Numbers that are kept for drama and tests are possible and not in use; British ones of full length have ten digits. */
function canBeDialled(number: PhoneNumber): boolean {
  const { nationalNumber: digits } = number;
  if (number.countryCallingCode !== '44') return number.isPossible();
  if (isPlaceholderNumber(digits) || isPlaceholderNumber(digits.slice(1))) return false;
  return number.isValid() || /^[1-35789]\d{9}$/.test(digits);
}

/** What people write before a number, and the quotes of a spreadsheet. */
const BEFORE = /^["'\s]*((tel|telephone|t|m|mob|mobile|phone|ph|callto)\b[:.\s]*)?/i;
const EXTENSION = /[\s(,;]*\b(?:extension|ext|option|opt|x)\b\.?\s*(?:no|number)?\.?\s*(\d{1,7})\)?$/i;

/** Compatibility forms, and characters that show nothing, come with numbers that are copied from documents. */
function parsed(written: string): PhoneNumber | undefined {
  if (written.length > LONGEST) return undefined;
  const plain = written
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(BEFORE, '')
    .replaceAll(/["'.,;:\s]+$/g, '')
    .replace(/\(\+(\d+)\)/, '+$1')
    .replaceAll('_', ' ')
    .replace(/\(\D*\)$/, '')
    .replace(EXTENSION, ' ext. $1');
  return parsePhoneNumberFromString(plain, { defaultCountry: 'GB', extract: false });
}
