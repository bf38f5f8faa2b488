import { sql, type Transaction } from '#store';

/** Acts may be committed some time after their instant: facts of a close are not trusted for this long before it. */
const COMMITTED_WITHIN = { minutes: 10 };
/** The first instant of all: then every referral has changed since. */
const EVER = Temporal.Instant.fromEpochMilliseconds(0);

/**
 * The referrals of which a fact of the latest close may not tell all any more: something happened to them since, or to
 * a later referral of the same children, which may have made them ones that came back.
 *
 * @param close the instant of the latest close; null when there is none
 */
export async function changedSince(tx: Transaction, close: Temporal.Instant | null): Promise<readonly string[]> {
  const since = close?.subtract(COMMITTED_WITHIN) ?? EVER;
  const found = await tx.overAll((all) =>
    all.rows<{ id: string }>(sql`
    WITH changed AS (
      SELECT id FROM referral WHERE last_changed_at >= ${since}
      UNION SELECT id FROM referral WHERE first_opened_at >= ${since})
    SELECT id FROM changed
    UNION SELECT e.earlier_id FROM earlier_referral e JOIN changed ON changed.id = e.referral_id`),
  );
  return found.map(({ id }) => id);
}
