import type { AlertStanding } from '#domain';
import { sql, type Transaction } from '#store';

/**
 * How the alerts that fired in a period stood at an instant. Left out are canaries, and the alerts of deadlines that
 * another version of the policy replaced.
 *
 * @param to not included
 */
export function alertStandings(
  tx: Transaction,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  asOf: Temporal.Instant,
): Promise<readonly AlertStanding[]> {
  return tx.rows<AlertStanding>(sql`
    SELECT a.id AS "alertId", r.reference, d.kind, a.rating, a.fired_at AS "firedAt",
      (SELECT min(coalesce(v.accepted_at, v.delivered_at)) FROM delivery v
        WHERE v.alert_id = a.id AND v.recipient_id IS NOT NULL AND coalesce(v.accepted_at, v.delivered_at) <= ${asOf})
        AS "reachedAt",
      (SELECT min(k.acknowledged_at) FROM acknowledgement k
        WHERE k.deadline_id = a.deadline_id AND k.acknowledged_at BETWEEN a.fired_at AND ${asOf}) AS "acknowledgedAt",
      CASE WHEN d.state = 'met' AND d.ended_at BETWEEN a.fired_at AND ${asOf} THEN d.ended_at END AS "endedAt"
    FROM alert a JOIN deadline d ON d.id = a.deadline_id LEFT JOIN referral r ON r.id = a.referral_id
    WHERE a.fired_at >= ${from} AND a.fired_at < ${to} AND a.fired_at <= ${asOf} AND d.kind <> 'canary'
      AND (d.state <> 'superseded' OR d.ended_at > ${asOf})
    ORDER BY a.fired_at, a.id`);
}
