import { sql, type Transaction } from '#store';

/**
 * The months whose kept figures may not hold any more: of a referral of which the fact changed since the figures were
 * kept, or of one that still waits or may still come back, so that time alone changes what it counts as. A person who
 * joins or parts children changes the referrals of any time, and does nothing that the fact dates.
 *
 * @returns the first day of each
 */
export async function monthsToCount(tx: Transaction, timeZone: string): Promise<readonly Temporal.PlainDate[]> {
  const found = await tx.rows<{ month: string }>(sql`
    WITH kept AS (SELECT month, as_of FROM month_figure WHERE measure = 'received' AND broken_by = 'all' AND NOT is_frozen),
    since AS (SELECT coalesce(max(as_of), 'epoch') AS at FROM kept)
    SELECT DISTINCT date_trunc('month', f.received_at AT TIME ZONE ${timeZone})::date AS month
    FROM referral_fact f, since
    WHERE f.changed_at >= since.at - interval '10 minutes' OR f.effective_at IS NULL
      OR f.effective_at >= since.at - interval '91 days'
    UNION
    SELECT date_trunc('month', r.received_at AT TIME ZONE ${timeZone})::date
    FROM referral r, since WHERE r.last_changed_at >= since.at - interval '10 minutes'
    ORDER BY month`);
  return found.map(({ month }) => Temporal.PlainDate.from(month));
}
