/**
 * What a decided referral counts as in the children in need census. The census leaves contacts out, and counts a
 * referral apart that ends with no further action (DfE children in need census guide, 4.1 and 4.2).
 */
export const PROGRESSIONS = ['contact_only', 'referral_no_further_action', 'referral'] as const;
/** One code of {@link PROGRESSIONS}. */
export type Progression = (typeof PROGRESSIONS)[number];

export const PROGRESSION_WORDS: Readonly<Record<Progression, string>> = {
  contact_only: 'A contact only',
  referral_no_further_action: 'A referral that ends with no further action',
  referral: 'A referral that social care takes on',
};
