import type { SubmittedAddress, SubmittedAdult, SubmittedChild } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import { ageInWords } from '../../shell/words/age.ts';
import { dayInWords } from '../../shell/words/words.ts';
import { submittedRows, type SubmittedRow } from './submitted.presenter.ts';

/** The people of a referral as tables: a row a person, and in the last cell every field that has no column. */
export function presentPeople({ children, adults, now }: ReferralPage, zone: string) {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const rest = (person: object, named: readonly string[]) => submittedRows(person, zone, named);
  const only = (person: object, names: readonly string[]) => {
    const some = Object.fromEntries(Object.entries(person).filter(([name]) => names.includes(name)));
    return submittedRows(some, zone);
  };
  return {
    children: children.map((child, index) => ({
      name: submittedName(child) || `Child ${index + 1}, name not known`,
      age: [{ key: 'Age', value: ageInWords(child, today) ?? 'not known' }, ...bornOf(child)],
      numbers: only(child, ['sex', 'nhsNumber', 'upn']),
      where: whereOf(child, only),
      rest: rest(child, IN_CHILD_COLUMNS),
    })),
    adults: adults.map((adult) => ({
      name: adult.name ?? 'Name not known',
      relationship: [
        ...relationshipOf(adult, only),
        ...(typeof adult.dateOfBirth === 'string' ? [{ key: 'Age', value: ageInWords(adult, today)! }] : []),
      ],
      where: whereOf(adult, only),
      rest: rest(adult, IN_ADULT_COLUMNS),
    })),
  };
}

const IN_CHILD_COLUMNS = [
  'firstName', 'lastName', 'dateOfBirth', 'expectedDateOfBirth', 'sex', 'nhsNumber', 'upn', 'address',
  'currentLocation',
]; // prettier-ignore
const IN_ADULT_COLUMNS = ['name', 'relationship', 'address', 'livesWithChild', 'allegedPerpetrator', 'phone'];

type Only = (person: object, names: readonly string[]) => readonly SubmittedRow[];

function bornOf({ dateOfBirth, expectedDateOfBirth }: SubmittedChild): readonly SubmittedRow[] {
  if (typeof dateOfBirth === 'string') return [{ key: 'Born', value: dayInWords(dateOfBirth) }];
  return typeof expectedDateOfBirth === 'string' ? [{ key: 'Due', value: dayInWords(expectedDateOfBirth) }] : [];
}

function relationshipOf(adult: SubmittedAdult, only: Only): readonly SubmittedRow[] {
  return [{ key: '', value: adult.relationship }, ...only(adult, ['livesWithChild', 'allegedPerpetrator'])];
}

function whereOf(person: { readonly address?: SubmittedAddress }, only: Only): readonly SubmittedRow[] {
  const address = only(person, ['address']).map(({ value }) => ({ key: '', value }));
  return [...address, ...only(person, ['currentLocation', 'phone'])];
}
