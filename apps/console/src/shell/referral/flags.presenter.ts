import type { FlagLine } from '#referrals';

/** How a value that was set apart is called. */
const NAMES: Readonly<Record<string, string>> = {
  nhsNumber: 'NHS number',
  upn: 'UPN',
  uprn: 'UPRN of the address',
  dateOfBirth: 'date of birth',
  expectedDateOfBirth: 'expected date of birth',
  estimatedAge: 'estimated age',
  occurredAt: 'time of what happened',
  reportedAt: 'time when it was recorded',
  phone: 'telephone number',
  email: 'e-mail address',
};

/** What is wrong with it, by the code of its fault. */
const WRONG: Readonly<Record<string, string>> = {
  number_of_nobody: 'belongs to no person',
  date: 'cannot be read',
  date_time: 'cannot be read',
  date_or_date_time: 'cannot be read',
  too_long_ago: 'cannot be right',
  too_far_ahead: 'cannot be right',
  in_the_future: 'cannot be right',
  whole_number: 'cannot be right',
  telephone: 'cannot be used',
  email: 'cannot be used',
};

/** Such as `The NHS number of child 1 that the agency sent is not valid`. */
export function flagInWords({ pointer, code }: Pick<FlagLine, 'pointer' | 'code'>): string {
  const names = pointer.split('/').slice(1);
  const name = NAMES[names.at(-1) ?? ''] ?? 'value';
  return `The ${name}${whoseInWords(names)} that the agency sent ${WRONG[code] ?? 'is not valid'}`;
}

function whoseInWords([list, index]: readonly string[]): string {
  if (list === 'referrer') return ' of the referrer';
  if (list !== 'children' && list !== 'adults') return '';
  return ` of ${list === 'children' ? 'child' : 'adult'} ${Number(index) + 1}`;
}

const IS_BIRTH = /^\/children\/\d+\/(dateOfBirth|expectedDateOfBirth)$/;

/** What was set apart of a referral. @param when an instant in words */
export function presentFlags(flags: readonly FlagLine[], when: (instant: Temporal.Instant) => string) {
  return flags.map((flag) => ({
    id: flag.id,
    what: flagInWords(flag),
    sent: flag.sent,
    isOfBirth: IS_BIRTH.test(flag.pointer),
    cleared: flag.clearedAt === null ? null : { by: flag.clearedBy!, at: when(flag.clearedAt) },
  }));
}
