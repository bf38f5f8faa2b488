import { sql, type Transaction } from '#store';

/** A new baseline of a measure: its chart has new limits from a month on. */
export interface BaselineLine {
  readonly id: string;
  readonly measure: string;
  /** The first day of its first month, a local date. */
  readonly month: string;
  readonly reason: string;
  /** The name of the person who began it. */
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** The baselines that people had begun by an instant, the latest first. */
export function baselinesBegunBy(tx: Transaction, asOf: Temporal.Instant): Promise<readonly BaselineLine[]> {
  return tx.rows<BaselineLine>(sql`
    SELECT b.id, b.measure, b.month, b.reason, s.name AS by, b.begun_at AS at
    FROM baseline b JOIN staff_member s ON s.id = b.begun_by
    WHERE b.begun_at <= ${asOf} ORDER BY b.begun_at DESC, b.id DESC`);
}
