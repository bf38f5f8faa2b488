import { normaliseNhsNumber, normaliseUpn, readNhsNumber, readUpn, withoutOrnament } from '#domain';
import { atMost, check, field, isText, storedAs, type FieldOptions } from './fields.ts';

const NOBODYS = 'Belongs to no person: leave it out where the number is not known';
const isNobodys = (read: object) => 'fault' in read && read.fault === 'belongs_to_nobody';
/** Of a number with spaces or dashes between and around its characters. */
const LONGEST_NUMBER = 60;

export function NhsNumber(options: FieldOptions) {
  return field(
    options,
    { type: 'string', maxLength: LONGEST_NUMBER, pattern: '^[^0-9]*([0-9][^0-9]*){10}$' },
    storedAs(normaliseNhsNumber),
    atMost(LONGEST_NUMBER),
    check('nhs_number_check_digit', 'Must be ten digits with a valid check digit', (value) => {
      return isText(value) && (normaliseNhsNumber(value) !== null || isNobodys(readNhsNumber(value)));
    }),
    check('number_of_nobody', NOBODYS, (value) => !isText(value) || !isNobodys(readNhsNumber(value))),
  );
}

export function Upn(options: FieldOptions) {
  return field(
    options,
    { type: 'string', maxLength: LONGEST_NUMBER, pattern: '^[^A-Za-z0-9]*([A-Za-z0-9][^A-Za-z0-9]*){13}$' },
    storedAs(normaliseUpn),
    atMost(LONGEST_NUMBER),
    check('upn_check_letter', 'Must be 13 characters with a valid check letter', (value) => {
      return isText(value) && (normaliseUpn(value) !== null || isNobodys(readUpn(value)));
    }),
    check('number_of_nobody', NOBODYS, (value) => !isText(value) || !isNobodys(readUpn(value))),
  );
}

export function Uprn(options: FieldOptions) {
  return field(
    options,
    { type: 'string', maxLength: LONGEST_NUMBER, pattern: '^[^0-9]*([0-9][^0-9]*){1,12}$' },
    storedAs(withoutOrnament),
    atMost(LONGEST_NUMBER),
    check('uprn', 'Must be one to twelve digits', (value) => isText(value) && /^[0-9]{1,12}$/.test(value)),
  );
}
