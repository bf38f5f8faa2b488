import { STAFF_ROLES, may } from '#access';
import { sql, type Transaction } from '#store';

/** A manager who works here and whom another manager named: they look after the restriction. */
export interface NamedManager {
  readonly id: string;
  /** Until when they may open what it covers. */
  readonly until: Temporal.Instant;
}

const MANAGERS = STAFF_ROLES.filter((role) => may({ kind: 'staff', id: '', name: '', role }, 'restriction:manage'));

/** Who looks after a restriction: not one who opened it in an emergency only. */
export function namedManagers(tx: Transaction, restrictionId: string): Promise<readonly NamedManager[]> {
  return tx.rows<NamedManager>(sql`
    SELECT g.staff_id AS id, max(g.until) AS until FROM restriction_grant g JOIN staff_member s ON s.id = g.staff_id
    WHERE g.restriction_id = ${restrictionId} AND g.opening_id IS NULL AND g.ended_at IS NULL AND g.until > ${tx.now}
      AND s.is_active AND s.role = ANY(${MANAGERS}) AND NOT EXISTS (SELECT 1 FROM restriction_bar b
        WHERE b.restriction_id = g.restriction_id AND b.staff_id = g.staff_id AND b.ended_at IS NULL)
    GROUP BY g.staff_id`);
}
