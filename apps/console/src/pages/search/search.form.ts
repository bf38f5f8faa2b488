import { IsUUID, Matches, ValidateIf } from 'class-validator';
import { normaliseNhsNumber, normaliseUpn, parseReferralReference } from '#domain';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { readSought } from './understood.ts';
import { AtMost } from '../../shell/forms/text-rules.ts';

const short = (what: string, most: number) => AtMost(most, `${what} must be ${most} characters or fewer`);
const NUMBER = { message: 'Use numbers only' };

export class SearchForm {
  /** The one box, which {@link readSought} reads. */
  @short('What you look for', 200) readonly sought: string = '';
  @short('The name', 200) readonly name: string = '';
  @Matches(/^\s*\d{0,2}\s*$/, NUMBER) readonly day: string = '';
  @Matches(/^\s*\d{0,2}\s*$/, NUMBER) readonly month: string = '';
  @Matches(/^\s*(\d{4})?\s*$/, { message: 'Give the year with four digits' }) readonly year: string = '';
  @short('The NHS number', 20) readonly nhsNumber: string = '';
  @short('The Unique Pupil Number', 20) readonly upn: string = '';
  @short('The reference', 30) readonly reference: string = '';
  @short('The postcode', 10) readonly postcode: string = '';
  @ValidateIf(({ agency }: SearchForm) => agency !== '')
  @IsUUID('all', { message: 'Select an agency' })
  readonly agency: string = '';
}

/** No person alive was born before. */
const EARLIEST_YEAR = 1900;

/** @returns the date of birth, `YYYY-MM-DD`; null when nothing was said, or nothing that is a date of birth */
export function dateIn({ day, month, year }: SearchForm): string | null {
  if ([day, month, year].some((part) => part.trim() === '') || Number(year) < EARLIEST_YEAR) return null;
  try {
    return Temporal.PlainDate.from(
      { day: Number(day), month: Number(month), year: Number(year) },
      { overflow: 'reject' },
    ).toString();
  } catch {
    return null;
  }
}

function isWholePostcode(text: string): boolean {
  return text.replaceAll(/[^A-Z0-9]/gi, '').length >= 5;
}

/** What cannot be found as it is written would look as if no person knew the child. */
export function faultsOf(form: SearchForm): FormErrors | null {
  const { day, month, year, agency, sought, ...others } = form;
  const line = sought.trim() === '' ? null : readSought(sought);
  if (line?.fault) return { sought: line.fault };
  const isDateSaid = `${day}${month}${year}`.trim() !== '';
  const isSaidAndNot = (text: string, isOne: (text: string) => boolean) => text.trim() !== '' && !isOne(text.trim());
  const faults: FormErrors = {
    ...(isDateSaid && dateIn(form) === null ? { day: 'Give a whole date, such as 27 3 2019' } : {}),
    ...(isSaidAndNot(form.name, (text) => /\p{L}/u.test(text)) ? { name: 'Give a name, or a part of it' } : {}),
    ...(isSaidAndNot(form.nhsNumber, (text) => normaliseNhsNumber(text) !== null)
      ? { nhsNumber: 'This is not an NHS number: check its ten digits' }
      : {}),
    ...(isSaidAndNot(form.upn, (text) => normaliseUpn(text) !== null)
      ? { upn: 'This is not a Unique Pupil Number: a letter and twelve digits or letters' }
      : {}),
    ...(isSaidAndNot(form.reference, (text) => parseReferralReference(text) !== null)
      ? { reference: 'Give the whole reference, such as MASH-7K3F-9QXT' }
      : {}),
    ...(isSaidAndNot(form.postcode, isWholePostcode) ? { postcode: 'Give the whole postcode, such as OL6 6DL' } : {}),
  };
  if (Object.keys(faults).length > 0) return faults;
  const isMoreSaid = isDateSaid || agency !== '' || Object.values(others).some((one) => one.trim() !== '');
  if (line?.parts?.telephone !== undefined && isMoreSaid) {
    return { sought: 'Search for a telephone number by itself: empty the other answers' };
  }
  const twice = line === null ? undefined : Object.keys(line.parts!).find((part) => isSaid(form, part));
  if (twice !== undefined) return { sought: 'This is answered below as well: say it once' };
  return isMoreSaid || line !== null ? null : { sought: 'Say what you know of whom you look for' };
}

function isSaid(form: SearchForm, part: string): boolean {
  if (part === 'dateOfBirth') return `${form.day}${form.month}${form.year}`.trim() !== '';
  return ((form as unknown as Readonly<Record<string, string>>)[part] ?? '').trim() !== '';
}
