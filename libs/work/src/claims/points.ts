import { capOf, type WorkloadRules } from '#domain';
import { sql, type Sql, type Transaction } from '#store';

/** The points of the referral `r`, in SQL; null where there is no referral. As `pointsOf` counts them. */
export function pointsInSql({ workload }: WorkloadRules): Sql {
  const { points, eachChildBeyondTwo } = workload;
  return sql`(CASE r.rating WHEN 'red' THEN ${points.red}::numeric WHEN 'amber' THEN ${points.amber}::numeric
    WHEN 'green' THEN ${points.green}::numeric END
    + greatest((SELECT count(*) FROM referral_child c WHERE c.referral_id = r.id) - 2, 0) * ${eachChildBeyondTwo}::numeric)`;
}

/**
 * How many more points a person may be given by the queue. Until the transaction ends, no other transaction asks for
 * this person: two presses at once never exceed the cap.
 */
export async function roomOf(tx: Transaction, personId: string, rules: WorkloadRules): Promise<number> {
  await tx.lock('takingWork', personId);
  const found = await tx.overAll((all) =>
    all.row<{ points: number; hoursPercent: number }>(sql`
    SELECT s.hours_percent AS "hoursPercent", coalesce(sum(${pointsInSql(rules)}), 0)::float8 AS points
    FROM staff_member s LEFT JOIN referral r ON r.claimed_by = s.id AND r.status = 'awaiting_decision'
    WHERE s.id = ${personId} GROUP BY s.id`),
  );
  return capOf(rules, found!.hoursPercent) - found!.points;
}
