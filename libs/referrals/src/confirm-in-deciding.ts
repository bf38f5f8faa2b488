import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Rating } from '#domain';
import { Refused } from '#platform';
import { RecordedRating, rowsOf, type Transaction } from '#store';
import { matchedRules, reasonByRules } from './matched-rules.ts';
import type { LockedReferral } from './lock-referral.ts';
import { confirmRating } from './referral-state.ts';

/** How the reason of a rating begins that a person confirmed with the decision. The rules that they saw follow. */
export const CONFIRMED_IN_DECIDING = 'Confirmed in deciding';

/**
 * No rating is decided on that no person has confirmed. Records the decider's confirmation where there is none yet.
 *
 * @param confirms the rating that the decider confirms; null when they confirm none
 * @returns the referral with a confirmed rating
 * @throws Refused `rating-not-confirmed` when no person has rated the referral and the decider does not confirm its
 * rating, or when the decider confirms another rating than it has
 */
export async function confirmInDeciding(
  tx: Transaction,
  referral: LockedReferral,
  confirms: Rating | null,
  by: StaffActor,
): Promise<LockedReferral> {
  const { id: referralId, rating, firstRatedAt } = referral;
  if (confirms !== null && confirms !== rating) throw new Refused('rating-not-confirmed');
  if (firstRatedAt !== null) return referral;
  if (confirms === null) throw new Refused('rating-not-confirmed');
  const reason = `${CONFIRMED_IN_DECIDING}. ${reasonByRules(await matchedRules(tx, referralId))}`;
  await tx.insert(
    rowsOf(RecordedRating, {
      ...{ id: randomUUIDv7(), referralId, rating, previous: rating },
      ...{ givenBy: by.id, reason, at: tx.now },
    }),
    auditEntry(tx, 'referral.rated', referralId, { from: rating, to: rating }),
  );
  await confirmRating(tx, referral);
  return { ...referral, firstRatedAt: tx.now };
}
