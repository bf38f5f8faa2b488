import { sql, type Sql } from '#store';

/**
 * Every time that a person got a referral in a period, taken or assigned to them, in SQL: rows of `person_id`,
 * `referral_id` and `at`.
 *
 * @param to not included
 */
export function holdingsBetween({ from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant }): Sql {
  return sql`(
    SELECT actor_id AS person_id, referral_id, at FROM audit_entry
    WHERE act = 'referral.claimed' AND at >= ${from} AND at < ${to}
    UNION ALL
    SELECT (details->>'to')::uuid, referral_id, at FROM audit_entry
    WHERE act = 'referral.assigned' AND at >= ${from} AND at < ${to})`;
}
