import type { FamilyChild, FamilyReason } from '#children';
import type { SubmittedAddress, SubmittedAdult } from '#domain';
import type { RelatedReferrals } from '#referrals';
import { ageInWords } from '../words/age.ts';
import { nameOf, presentAppearance } from './known-children.presenter.ts';

/**
 * The children who may belong to the family, with the reasons in words.
 *
 * @param related the references of referrals that stand in another list beside them
 * @param today by which their ages are said
 * @param when an instant in words
 */
export function presentFamily(
  family: readonly FamilyChild[],
  related: readonly string[],
  today: Temporal.PlainDate,
  when: (instant: Temporal.Instant) => string,
) {
  return family.map((one) => {
    const age = ageInWords(one.submitted, today);
    return {
      ...presentAppearance(one, when),
      name: nameOf(one),
      age: age === null ? 'age not known' : age === 'unborn' ? age : `aged ${age}`,
      // Of the others it is asked in their own list.
      mayBeReport: !related.includes(one.reference),
      because: one.reasons.map(reasonInWords).join('; '),
    };
  });
}

/** Such as `also at this address: 12 Mill Lane, OL6 7AB`. */
function reasonInWords(reason: FamilyReason): string {
  switch (reason.by) {
    case 'address':
      return reason.of === null
        ? `also at this address: ${homeInWords(reason.address)}`
        : `at the address of ${adultInWords(reason.of)}: ${homeInWords(reason.address)}`;
    case 'adult':
      return `${adultInWords(reason.of)} is named in both`;
    case 'phone':
      return `same telephone number as ${adultInWords(reason.of)}`;
    case 'together':
      return 'named in one referral with a child of this family';
  }
}

function adultInWords({ name, relationship }: SubmittedAdult): string {
  return name === undefined ? relationship : `${name} (${relationship})`;
}

function homeInWords({ line1, line2, town, postcode, uprn }: SubmittedAddress): string {
  const lines = [line1, line2, town, postcode].filter((line) => line !== undefined);
  return lines.length === 0 ? `property number ${uprn ?? 'not known'}` : lines.join(', ');
}

/** The references of the other referrals that the page of a referral lists. */
export function referencesBeside({ reports, earlier, later }: RelatedReferrals): readonly string[] {
  return [...reports, ...earlier, ...later].map(({ reference }) => reference);
}
