import { may, type StaffActor } from '#access';
import type { RecordedDecision, ReferralPage } from '#referrals';

/** Another person holds it, and this person may not act over their head. */
export function isHeldByAnother({ holderId }: ReferralPage, by: StaffActor): boolean {
  return holderId !== null && holderId !== by.id && !may(by, 'claim:override');
}

/** A person has confirmed or changed the rating that the rules suggested. */
export function isRatingConfirmed({ ratings }: ReferralPage): boolean {
  return ratings.some(({ by }) => by !== null);
}

/** The latest decision that was not taken back. */
export function latestDecision({ decisions }: ReferralPage): RecordedDecision | undefined {
  return decisions.findLast(({ undoneAt }) => undoneAt === null);
}

/** The return of the last decision, when that is how it stands. */
export function returnOf({ decisions }: ReferralPage) {
  const { signOff = null, undoneAt = null } = decisions.at(-1) ?? {};
  return signOff?.result === 'returned' && undoneAt === null ? signOff : null;
}

/** Why a manager returned the last decision, for who decides again; null when no person did. */
export function returnedOf(page: ReferralPage, when: (instant: Temporal.Instant) => string) {
  const signOff = returnOf(page);
  return signOff && { by: signOff.by, comments: signOff.comments, at: when(Temporal.Instant.from(signOff.at)) };
}
