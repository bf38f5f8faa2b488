import { householdKey, type SubmittedAddress } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import { ageInWords } from '../../shell/words/age.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { submittedRows, type SubmittedRow } from './submitted.presenter.ts';

/** What tells the first child from every other, at the top of each of the referral's pages. */
export function identityOf(
  { children, now }: ReferralPage,
  zone: string,
): readonly (SubmittedRow & { readonly isNumber?: boolean })[] {
  const [child] = children;
  if (child === undefined) return [];
  const age = ageInWords(child, now.toZonedDateTimeISO(zone).toPlainDate());
  const known = submittedRows(only(child, ['dateOfBirth', 'expectedDateOfBirth', 'sex']), zone);
  // What other systems are asked by.
  const numbers = submittedRows(only(child, ['nhsNumber', 'upn']), zone).map((row) => ({ ...row, isNumber: true }));
  return [...(age === null ? [] : [{ key: 'Age', value: age }]), ...known, ...numbers];
}

/** Which of the people named live together, by the addresses that were given. No fixed abode is no household. */
export function householdOf({ children, adults }: Pick<ReferralPage, 'children' | 'adults'>): readonly SubmittedRow[] {
  const homes = new Map<string, { readonly key: string; readonly people: string[] }>();
  const live = (who: string, address: SubmittedAddress = {}) => {
    const key = householdKey(address);
    const words = addressInWords(address);
    if (words === '') return;
    // Those who live nowhere in particular have a row each.
    const home = homes.get(key ?? who) ?? { key: words, people: [] };
    home.people.push(who);
    homes.set(key ?? who, home);
  };
  for (const [index, child] of children.entries()) live(submittedName(child) || `Child ${index + 1}`, child.address);
  for (const adult of adults) {
    const who = `${adult.name ?? 'Name not known'} (${adult.relationship})`;
    live(who, adult.address ?? (adult.livesWithChild === 'yes' ? children[0]?.address : undefined));
  }
  const rows = [...homes.values()].map(({ key, people }) => ({ key, value: people.join('\n') }));
  const withChild = adults.filter(({ livesWithChild }) => livesWithChild === 'yes');
  return rows.length > 0 || withChild.length === 0
    ? rows
    : [
        {
          key: codeInWords('livesWithChild'),
          value: withChild.map(({ name, relationship }) => `${name ?? 'Name not known'} (${relationship})`).join('\n'),
        },
      ];
}

/** On one line; empty when no part of it was given. */
export function addressInWords(address: SubmittedAddress): string {
  const written = Object.values(only(address, ['line1', 'line2', 'town', 'postcode']));
  return [...(address.noFixedAbode === true ? ['No fixed abode'] : []), ...written].join(', ');
}

/** Of a part of a referral, the fields of these names that it has. */
export function only<T extends object>(part: T, names: readonly (keyof T & string)[]): Partial<T> {
  return Object.fromEntries(
    names.filter((name) => part[name] !== undefined).map((name) => [name, part[name]]),
  ) as Partial<T>;
}
