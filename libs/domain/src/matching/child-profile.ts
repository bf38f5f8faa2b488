import { normalisePostcode } from '../identifiers/postcode.ts';
import { nameKey } from '../referral/name-key.ts';
import { saysNoName } from '../referral/placeholder-name.ts';
import type { SubmittedChild } from '../referral/submitted-referral.ts';
import { foldName } from '../text/fold-name.ts';

/** The days between which a person was born, both included; one day twice when the date of birth is known. */
export interface Born {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
  readonly how: 'date' | 'expected' | 'estimated';
}

/** The facts about a child as one referral has them, by which two referrals of one child are found. */
export interface ChildProfile {
  /** Folded, with other given names; empty when none is known. */
  readonly firstNames: readonly string[];
  /** Folded; empty when none is known. */
  readonly lastName: string;
  /** Of the whole name, whichever field each part is in; null when none is known. */
  readonly nameKey: string | null;
  readonly born: Born | null;
  /** `M` or `F`; null when neither is known. */
  readonly sex: string | null;
  readonly nhsNumber: string | null;
  readonly upn: string | null;
  /** With its space, such as `OL6 7AB`; null for no fixed abode and for other countries. */
  readonly postcode: string | null;
}

/** A baby may come so long before or after the day on which it is expected. */
const AROUND_THE_EXPECTED = { weeks: 8 };

/**
 * @param child as submitted; its numbers normalised, left out where they belong to no person
 * @param on the local date of the receipt, from which an estimated age counts
 */
export function childProfile(child: SubmittedChild, on: Temporal.PlainDate): ChildProfile {
  const { firstName = '', lastName = '', otherNames = [], sex, address } = child;
  const given = [firstName, ...otherNames].filter((name) => !saysNoName(name, ''));
  const firstNames = given.map(foldName).filter((name) => name !== '');
  return {
    firstNames: [...new Set(firstNames)],
    lastName: saysNoName('', lastName) ? '' : foldName(lastName),
    nameKey: nameKey(child),
    born: bornOf(child, on),
    sex: sex === 'M' || sex === 'F' ? sex : null,
    nhsNumber: child.nhsNumber ?? null,
    upn: child.upn ?? null,
    postcode: address?.postcode === undefined || address.noFixedAbode ? null : normalisePostcode(address.postcode),
  };
}

function bornOf(child: SubmittedChild, on: Temporal.PlainDate): Born | null {
  const { dateOfBirth, expectedDateOfBirth, estimatedAge } = child;
  if (dateOfBirth !== undefined) {
    const day = Temporal.PlainDate.from(dateOfBirth);
    return { from: day, until: day, how: 'date' };
  }
  if (expectedDateOfBirth !== undefined) {
    const day = Temporal.PlainDate.from(expectedDateOfBirth);
    return { from: day.subtract(AROUND_THE_EXPECTED), until: day.add(AROUND_THE_EXPECTED), how: 'expected' };
  }
  if (estimatedAge === undefined) return null;
  // A person who guesses is often a year out.
  return {
    from: on.subtract({ years: estimatedAge + 2 }),
    until: on.subtract({ years: Math.max(0, estimatedAge - 1) }),
    how: 'estimated',
  };
}
