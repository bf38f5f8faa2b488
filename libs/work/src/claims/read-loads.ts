import type { StaffRole } from '#access';
import { capOf, type WorkloadRules } from '#domain';
import { sql, type Transaction } from '#store';
import { FIRST_DUE } from '../queue/queue-conditions.ts';
import { pointsInSql } from './points.ts';

/** The open referrals that a person has, with those that wait for sign-off. */
export interface Load {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly red: number;
  readonly amber: number;
  readonly green: number;
  readonly overdue: number;
  /** The points of what the person has (policy key `workload`), and those that the person may have. */
  readonly points: number;
  readonly cap: number;
  /** Of full hours. */
  readonly hoursPercent: number;
  /** When the one held longest was claimed; null for a person who holds nothing. */
  readonly since: Temporal.Instant | null;
  /** When the person took, or was given, the last one that they have; null for a person who has nothing. */
  readonly lastTakenAt: Temporal.Instant | null;
}

/** The load of every person of the hub, those with the most referrals first. */
export async function readLoads(tx: Transaction, rules: WorkloadRules): Promise<readonly Load[]> {
  const loads = await tx.overAll((all) =>
    all.rows<Omit<Load, 'cap'>>(
      sql`SELECT s.id, s.name, s.role, count(r.id) FILTER (WHERE r.rating = 'red') AS red,
       count(r.id) FILTER (WHERE r.rating = 'amber') AS amber,
       count(r.id) FILTER (WHERE r.rating = 'green') AS green,
       count(r.id) FILTER (WHERE ${FIRST_DUE} <= ${tx.now}) AS overdue, min(r.claimed_at) AS since,
       max(r.claimed_at) AS "lastTakenAt", s.hours_percent AS "hoursPercent",
       coalesce(sum(${pointsInSql(rules)}) FILTER (WHERE r.status = 'awaiting_decision'), 0)::float8 AS points
     FROM staff_member s LEFT JOIN referral r ON r.claimed_by = s.id AND r.status <> 'decided'
     WHERE s.is_active AND s.agency_id IS NULL GROUP BY s.id ORDER BY count(r.id) DESC, s.name`,
    ),
  );
  return loads.map((load) => ({ ...load, cap: capOf(rules, load.hoursPercent) }));
}
