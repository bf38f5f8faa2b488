/** The census's codes of the source of a referral: an individual, an agency, or neither known. */
export const REFERRAL_SOURCES = [
  '1A', '1B', '1C', '1D', '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F', '4', '5A', '5B', '5C', '5D', '6', '7', '8',
  '9', '10',
] as const; // prettier-ignore
/** One code of {@link REFERRAL_SOURCES}. */
export type ReferralSource = (typeof REFERRAL_SOURCES)[number];

export const REFERRAL_SOURCE_WORDS: Readonly<Record<ReferralSource, string>> = {
  '1A': 'Individual: family member, relative or carer',
  '1B': 'Individual: acquaintance, such as a neighbour or child minder',
  '1C': 'Individual: the child',
  '1D': 'Individual: another person, such as a stranger or an MP',
  '2A': 'Schools',
  '2B': 'Education services',
  '3A': 'Health: GP',
  '3B': 'Health: health visitor',
  '3C': 'Health: school nurse',
  '3D': 'Health: other primary health service',
  '3E': 'Health: A&E',
  '3F': 'Health: other, such as a hospice',
  '4': 'Housing',
  '5A': 'Local authority: social care, such as for adults',
  '5B': 'Local authority: other service of this one',
  '5C': 'Local authority: another one',
  '5D': 'Local authority: early help',
  '6': 'Police',
  '7': 'Other legal agency, such as a court, probation or prison',
  '8': 'Other, such as a children’s centre or a charity',
  '9': 'Anonymous',
  '10': 'Not known',
};

/** The sources of a caller who calls for no agency: an individual, one who gives no name, or one of whom nothing is known. */
export const CALLERS_OF_NO_AGENCY = ['1A', '1B', '1C', '1D', '9', '10'] as const satisfies readonly ReferralSource[];
/** One code of {@link CALLERS_OF_NO_AGENCY}. */
export type CallerOfNoAgency = (typeof CALLERS_OF_NO_AGENCY)[number];

/** @returns the code that a text is; null for a text that is none, as an agency of before may have */
export function referralSource(text: string): ReferralSource | null {
  return REFERRAL_SOURCES.find((code) => code === text) ?? null;
}
