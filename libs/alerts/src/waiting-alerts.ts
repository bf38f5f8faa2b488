import type { StaffActor } from '#access';
import { sql, type Sql } from '#store';

/**
 * That a decision is open of which an alert has fired, and that no person has acknowledged the last one. In SQL the
 * deadline is called `d`.
 */
export const IS_UNACKNOWLEDGED = sql`(d.kind = 'decision' AND d.state = 'open' AND coalesce((
  SELECT NOT EXISTS (SELECT 1 FROM acknowledgement WHERE alert_id = latest.id)
  FROM alert latest WHERE latest.deadline_id = d.id ORDER BY latest.fired_at DESC, latest.id DESC LIMIT 1), false))`;

/** That an alert waits for a person: it is not acknowledged, and an alert of its deadline told this person. */
export function waitsFor(by: StaffActor): Sql {
  return sql`(${IS_UNACKNOWLEDGED} AND EXISTS (SELECT 1 FROM alert told JOIN delivery v ON v.alert_id = told.id
    WHERE told.deadline_id = d.id AND v.recipient_id = ${by.id}))`;
}
