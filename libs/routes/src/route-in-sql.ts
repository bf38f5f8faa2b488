import { sql } from '#store';

/** Nothing says yet whom a route `t` goes to. */
const HAS_NO_RECIPIENT = sql`((t.kind = 'locality' AND t.team IS NULL)
  OR (t.kind IN ('allocated_worker', 'other_authority') AND t.recipient IS NULL))`;

/** The state of a live route `t`, as `routeStateOf` has it. */
export const STATE = sql`CASE WHEN t.answer IS NOT NULL THEN t.answer
  WHEN ${HAS_NO_RECIPIENT} THEN 'no_recipient' ELSE 'awaiting' END`;

/** A route `t` came back, or waits for a person to say whom it goes to. */
export const needsTheHub = sql`t.ended_at IS NULL AND t.answer IS DISTINCT FROM 'accepted'
  AND (t.answer = 'returned' OR ${HAS_NO_RECIPIENT})`;
