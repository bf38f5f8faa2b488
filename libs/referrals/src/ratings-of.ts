import type { Rating, RatingInHistory } from '#domain';
import { sql, type Transaction } from '#store';

/** Every rating that a referral has had, the first one first. */
export function ratingsOf(tx: Transaction, referralId: string): Promise<readonly RatingInHistory[]> {
  return tx.rows<{ readonly rating: Rating; readonly by: string | null }>(sql`
    SELECT rating, given_by AS by FROM rating WHERE referral_id = ${referralId} ORDER BY at, id`);
}
