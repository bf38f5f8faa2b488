import { ANSWERED_WITHIN_MS } from '#domain';
import { sql, type Transaction } from '#store';

const A_WEEK = { hours: 7 * 24 };

/** The alerts of the seven days up to an instant that no person answered within 15 minutes. */
export interface UnansweredAlerts {
  readonly notAnsweredInTime: number;
  /** Those of them that no person has answered since, and that no provider took for any person. */
  readonly reachedNobody: number;
}

/**
 * Counts what the measures of alerts say of a week, without reading each alert: a hub with thousands of overdue referrals
 * has tens of thousands of alerts a week.
 */
export async function unansweredAlertsOfWeek(tx: Transaction, asOf: Temporal.Instant): Promise<UnansweredAlerts> {
  const limit = sql`${ANSWERED_WITHIN_MS} * interval '1 millisecond'`;
  const counts = await tx.row<UnansweredAlerts>(sql`
    WITH late AS MATERIALIZED (
      SELECT a.id, a.deadline_id, a.fired_at, coalesce(d.state = 'met' AND d.ended_at <= ${asOf}, false) AS is_done
      FROM alert a JOIN deadline d ON d.id = a.deadline_id
      WHERE a.fired_at >= ${asOf.subtract(A_WEEK)} AND a.fired_at + ${limit} <= ${asOf}
        AND d.kind <> 'canary' AND (d.state <> 'superseded' OR d.ended_at > ${asOf})
        AND NOT coalesce(d.state = 'met' AND d.ended_at BETWEEN a.fired_at AND a.fired_at + ${limit}, false)
        AND NOT EXISTS (SELECT 1 FROM acknowledgement k
          WHERE k.deadline_id = a.deadline_id AND k.acknowledged_at BETWEEN a.fired_at AND a.fired_at + ${limit}))
    SELECT count(*)::int AS "notAnsweredInTime",
      count(*) FILTER (WHERE NOT is_done
        AND NOT EXISTS (SELECT 1 FROM acknowledgement k
          WHERE k.deadline_id = late.deadline_id AND k.acknowledged_at BETWEEN late.fired_at AND ${asOf})
        AND NOT EXISTS (SELECT 1 FROM delivery v WHERE v.alert_id = late.id AND v.recipient_id IS NOT NULL
          AND coalesce(v.accepted_at, v.delivered_at) <= ${asOf}))::int AS "reachedNobody"
    FROM late`);
  return counts!;
}
