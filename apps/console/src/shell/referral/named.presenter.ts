import type { NamedReferral } from '#work';
import { ageInWords } from '../words/age.ts';
import { codeInWords } from '../words/words.ts';

/** What a list says in place of the child where the person may not open the referral. */
export const RESTRICTED = 'Restricted record';

/** By what a person knows a referral again, in one line: `Zoë Adams, 7 +2, neglect +1`. */
export function namedInWords(named: NamedReferral | undefined, now: Temporal.Instant, zone: string): string | null {
  if (named === undefined) return null;
  const { child, otherChildren, types } = named;
  if (child === null) return RESTRICTED;
  const age = ageInWords(named, now.toZonedDateTimeISO(zone).toPlainDate());
  const [concern, ...others] = types;
  const plus = (count: number) => (count === 0 ? '' : ` +${count}`);
  return [
    child || 'Name not known',
    `${age ?? 'age not known'}${plus(otherChildren)}`,
    ...(concern === undefined ? [] : [`${codeInWords(concern).toLowerCase()}${plus(others.length)}`]),
  ].join(', ');
}
