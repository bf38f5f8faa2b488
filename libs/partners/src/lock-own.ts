import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { lockReferral, referralNotFound, type LockedReferral } from '#referrals';
import { Referral, type Transaction } from '#store';

/**
 * Locks a referral of the agency that acts.
 *
 * @throws Refused `not-found`, also for a referral of another agency, which the record knows
 */
export async function lockOwn(tx: Transaction, written: string, agencyId: string): Promise<LockedReferral> {
  const reference = parseReferralReference(written);
  if (reference === null) throw new Refused('not-found');
  if ((await tx.one(Referral, { reference, agencyId }, ['id'])) !== null) return lockReferral(tx, reference);
  throw await referralNotFound(tx, reference);
}
