import { sql, type Transaction } from '#store';

/** A figure of a month and group, worked out by SQL alone. */
export interface RecomputedLine {
  readonly measure: string;
  /** The first day of the month. */
  readonly month: string;
  readonly group: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly notYetDue: number;
}

/** Median and p90 in elapsed minutes, worked out by SQL alone. */
export interface RecomputedSpread {
  readonly month: string;
  readonly group: string;
  readonly median: number | null;
  readonly p90: number | null;
}

/**
 * The figures that pages show of the months since an instant, by another way than they were made: from the state in which
 * the acts left each referral, and from the response time that was measured when its decision took effect. The figures
 * themselves are made of ratings, decisions and agreements one by one, and know neither.
 *
 * @param from the beginning of the first month
 * @param asOf the instant of the figures that they are compared with: the transaction's
 */
export function linesByAnotherWay(
  tx: Transaction,
  { from, asOf, timeZone }: { from: Temporal.Instant; asOf: Temporal.Instant; timeZone: string },
): Promise<readonly RecomputedLine[]> {
  return tx.rows<RecomputedLine>(sql`
    WITH base AS (
      SELECT date_trunc('month', r.received_at AT TIME ZONE ${timeZone})::date AS month, g.code,
        t.id IS NOT NULL AS decided, t.on_time, t.within_statutory_limit, r.decision_due_at <= ${asOf} AS due,
        r.statutory_due_at <= ${asOf} AS due_by_law, d.outcome, d.sign_off_reasons <> '{}' AS needs_sign_off,
        (SELECT x.rating FROM rating x WHERE x.referral_id = r.id ORDER BY x.at, x.id LIMIT 1) AS suggested,
        (SELECT x.rating FROM rating x WHERE x.referral_id = r.id AND x.reason IS NOT NULL ORDER BY x.at, x.id LIMIT 1)
          AS given
      FROM referral r
      LEFT JOIN response_time t ON t.id = r.response_time_id
      LEFT JOIN LATERAL (
        SELECT d.outcome, d.sign_off_reasons FROM decision d WHERE d.referral_id = r.id AND r.status <> 'awaiting_decision'
        ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) d ON true
      CROSS JOIN LATERAL (VALUES (r.rating), ('all')) g (code)
      WHERE r.received_at >= ${from} AND r.received_at <= ${asOf})
    SELECT 'received' AS measure, month, code AS "group", count(*)::int AS numerator, count(*)::int AS denominator,
      0 AS "notYetDue"
    FROM base GROUP BY month, code
    UNION ALL
    SELECT 'decided-in-target', month, code, count(*) FILTER (WHERE on_time)::int,
      count(*) FILTER (WHERE decided OR due)::int, count(*) FILTER (WHERE NOT decided AND NOT due)::int
    FROM base GROUP BY month, code
    UNION ALL
    SELECT 'decided-in-one-working-day', month, code, count(*) FILTER (WHERE within_statutory_limit)::int,
      count(*) FILTER (WHERE decided OR due_by_law)::int, count(*) FILTER (WHERE NOT decided AND NOT due_by_law)::int
    FROM base GROUP BY month, code
    UNION ALL
    SELECT 'no-further-action-of-contacts', month, code, count(*) FILTER (WHERE outcome = 'no_further_action')::int,
      count(*)::int, 0
    FROM base WHERE decided GROUP BY month, code
    UNION ALL
    SELECT 'sign-off', month, code, count(*) FILTER (WHERE needs_sign_off)::int, count(*)::int, 0
    FROM base WHERE outcome IS NOT NULL GROUP BY month, code
    UNION ALL
    SELECT 'overrides', month, code, count(*) FILTER (WHERE given <> suggested)::int, count(*)::int, 0
    FROM base WHERE given IS NOT NULL GROUP BY month, code`);
}

/** Median and p90 of the time to decision, by Kaplan and Meier's estimate in SQL; the rest as {@link linesByAnotherWay}. */
export function spreadsByAnotherWay(
  tx: Transaction,
  { from, asOf, timeZone }: { from: Temporal.Instant; asOf: Temporal.Instant; timeZone: string },
): Promise<readonly RecomputedSpread[]> {
  return tx.rows<RecomputedSpread>(sql`
    WITH base AS (
      SELECT date_trunc('month', r.received_at AT TIME ZONE ${timeZone})::date AS month, g.code,
        coalesce(t.elapsed_minutes, floor(extract(epoch FROM ${asOf}::timestamptz - r.received_at) / 60)::int) AS minutes,
        (t.id IS NOT NULL)::int AS ended
      FROM referral r LEFT JOIN response_time t ON t.id = r.response_time_id
      CROSS JOIN LATERAL (VALUES (r.rating), ('all')) g (code)
      WHERE r.received_at >= ${from} AND r.received_at <= ${asOf}),
    at_minute AS (
      SELECT month, code, minutes, sum(ended) AS ended,
        sum(count(*)) OVER (PARTITION BY month, code ORDER BY minutes DESC) AS waiting
      FROM base GROUP BY month, code, minutes),
    survival AS (
      SELECT month, code, minutes, ended,
        1 - exp(greatest(-100, sum(CASE WHEN ended = waiting THEN -100 ELSE ln(1 - (ended / waiting)::float8) END)
          OVER (PARTITION BY month, code ORDER BY minutes))) AS share
      FROM at_minute)
    SELECT month, code AS "group", min(minutes) FILTER (WHERE ended > 0 AND share >= 0.5 - 1e-9) AS median,
      min(minutes) FILTER (WHERE ended > 0 AND share >= 0.9 - 1e-9) AS p90
    FROM survival GROUP BY month, code`);
}
