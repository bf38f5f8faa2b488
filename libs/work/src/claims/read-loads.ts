import type { StaffRole } from '#access';
import { sql, type Transaction } from '#store';
import { FIRST_DUE } from '../queue/queue-conditions.ts';

/** The open referrals that a person has, with those that wait for sign-off. */
export interface Load {
  readonly id: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly red: number;
  readonly amber: number;
  readonly green: number;
  readonly overdue: number;
  /** When the one held longest was claimed; null for a person who holds nothing. */
  readonly since: Temporal.Instant | null;
}

/** The load of every person who works here, those with the most referrals first. */
export async function readLoads(tx: Transaction): Promise<readonly Load[]> {
  return tx.rows<Load>(
    sql`SELECT s.id, s.name, s.role, count(r.id) FILTER (WHERE r.rating = 'red') AS red,
       count(r.id) FILTER (WHERE r.rating = 'amber') AS amber,
       count(r.id) FILTER (WHERE r.rating = 'green') AS green,
       count(r.id) FILTER (WHERE ${FIRST_DUE} <= ${tx.now}) AS overdue, min(r.claimed_at) AS since
     FROM staff_member s LEFT JOIN referral r ON r.claimed_by = s.id AND r.status <> 'decided'
     WHERE s.is_active AND s.agency_id IS NULL GROUP BY s.id ORDER BY count(r.id) DESC, s.name`,
  );
}
