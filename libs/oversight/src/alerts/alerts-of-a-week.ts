import { ANSWERED_WITHIN_MS, localDate, type Moment } from '#domain';
import { sql, type Transaction } from '#store';
import { startOfDay } from '../months/start-of-day.ts';

const DAYS = 7;

/** The alerts of seven local days, the last of which is that of an instant. Left out are those of the last 15 minutes. */
export interface AlertsOfWeek {
  /** The first of the days, a local date. */
  readonly from: Temporal.PlainDate;
  readonly fired: number;
  /** Those that no person answered within 15 minutes. */
  readonly notAnsweredInTime: number;
  /** Those of them that no person has answered since, and that no provider took for any person. */
  readonly reachedNobody: number;
}

/**
 * Counts what the measures of alerts say of a week, without reading each alert: a hub with thousands of overdue referrals
 * has tens of thousands of alerts a week.
 */
export async function alertsOfWeek(tx: Transaction, { asOf, calendar }: Moment): Promise<AlertsOfWeek> {
  const limit = sql`${ANSWERED_WITHIN_MS} * interval '1 millisecond'`;
  const from = localDate(calendar, asOf).subtract({ days: DAYS - 1 });
  const counts = await tx.row<Omit<AlertsOfWeek, 'from'>>(sql`
    WITH fired AS MATERIALIZED (
      SELECT a.id, a.deadline_id, a.fired_at, CASE WHEN d.state = 'met' AND d.ended_at <= ${asOf} THEN d.ended_at END AS done_at
      FROM alert a JOIN deadline d ON d.id = a.deadline_id
      WHERE a.fired_at >= ${startOfDay(calendar.timeZone, from)} AND a.fired_at + ${limit} <= ${asOf}
        AND d.kind <> 'canary' AND (d.state <> 'superseded' OR d.ended_at > ${asOf})),
    late AS MATERIALIZED (
      SELECT * FROM fired
      WHERE (done_at IS NULL OR done_at NOT BETWEEN fired_at AND fired_at + ${limit})
        AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.deadline_id = fired.deadline_id
          AND k.acknowledged_at BETWEEN fired.fired_at AND fired.fired_at + ${limit}))
    SELECT (SELECT count(*)::int FROM fired) AS fired, count(*)::int AS "notAnsweredInTime",
      count(*) FILTER (WHERE done_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM acknowledgement k
          WHERE k.deadline_id = late.deadline_id AND k.acknowledged_at BETWEEN late.fired_at AND ${asOf})
        AND NOT EXISTS (SELECT 1 FROM delivery v WHERE v.alert_id = late.id AND v.recipient_id IS NOT NULL
          AND coalesce(v.accepted_at, v.delivered_at) <= ${asOf}))::int AS "reachedNobody"
    FROM late`);
  return { from, ...counts! };
}
