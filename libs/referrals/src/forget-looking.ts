import { sql, type Transaction } from '#store';

/** Forgets who had a page open and was last seen before an instant: a browser that is closed hard says nothing. @returns how many */
export function forgetLooking(tx: Transaction, before: Temporal.Instant, atMost: number): Promise<number> {
  return tx.run(sql`
    DELETE FROM looking WHERE (referral_id, staff_id) IN (
      SELECT referral_id, staff_id FROM looking WHERE seen_at < ${before} LIMIT ${atMost} FOR UPDATE SKIP LOCKED)`);
}
