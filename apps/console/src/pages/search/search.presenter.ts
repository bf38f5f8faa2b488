import type { SearchResult } from '#referrals';
import { agencyItems, type Agency } from '../../shell/forms/agency-items.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import type { DateInputArgs } from '../../shell/govuk/args.ts';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { dayAndTime, dayInWords, ratingTag, STATUSES } from '../../shell/words/words.ts';

const [WIDE, NARROW] = ['govuk-input--width-30', 'govuk-input--width-10'];

/** The fields of the search. */
export function presentSearch(fields: FormFields, errors: FormErrors | null, agencies: readonly Agency[]) {
  const others = ['name', 'day', 'month', 'year', 'nhsNumber', 'upn', 'reference', 'postcode', 'agency'];
  return {
    sought: fields.input('sought', {
      label: 'Who do you look for?',
      hint: 'A name, a date of birth, a postcode, an NHS number, a Unique Pupil Number, a reference or a telephone number. The service knows which it is.',
      isLarge: true,
      classes: WIDE,
    }),
    /** The fields one by one are unfolded where one of them has an answer, or is wrong. */
    isByField: others.some((one) => fields.has(one)),
    name: fields.input('name', { label: 'Name of a child or adult', classes: WIDE }),
    born: dateOfBirth(fields, errors),
    numbers: [
      fields.input('nhsNumber', { label: 'NHS number', classes: NARROW }),
      fields.input('upn', { label: 'Unique Pupil Number', classes: NARROW }),
      fields.input('reference', { label: 'Reference', hint: 'Such as MASH-7K3F-9QXT', classes: NARROW }),
      fields.input('postcode', { label: 'Postcode', classes: NARROW }),
    ],
    agency: fields.select('agency', { label: 'Referred by' }, agencyItems(agencies, 'Any agency')),
  };
}

function dateOfBirth(fields: FormFields, errors: FormErrors | null): DateInputArgs {
  const part = (name: string, label: string, width: number) => {
    const { id, value } = fields.input(name, { label });
    return { id, name, label, value, classes: `govuk-input--width-${width}` };
  };
  const error = errors?.['day'] ?? errors?.['month'] ?? errors?.['year'];
  return {
    id: 'born',
    fieldset: { legend: { text: 'Date of birth' } },
    items: [part('day', 'Day', 2), part('month', 'Month', 2), part('year', 'Year', 4)],
    ...(error === undefined ? {} : { errorMessage: { text: error } }),
  };
}

export function presentResult({ found, isCapped, now }: SearchResult, zone: string) {
  return {
    isCapped,
    found: found.map((one) => ({
      ...one,
      person: one.person || 'Name not known',
      tag: ratingTag(one.rating, one.isRatingConfirmed),
      status: STATUSES[one.status],
      received: dayAndTime(one.receivedAt, now, zone),
      born: one.dateOfBirth === null ? '' : dayInWords(one.dateOfBirth),
    })),
  };
}
