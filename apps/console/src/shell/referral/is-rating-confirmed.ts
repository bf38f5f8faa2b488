import type { ReferralPage } from '#referrals';

/** A person has confirmed or changed the rating that the rules suggested. */
export function isRatingConfirmed({ ratings }: ReferralPage): boolean {
  return ratings.some(({ by }) => by !== null);
}
