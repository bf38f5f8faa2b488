import { isHiddenFrom } from '#access';
import { sql, type Sql } from '#store';
import type { QueueFilters, QueueView } from './queue-view.ts';

/** An instant, and the end of its day where the hub is. */
export interface DayOfHub {
  readonly now: Temporal.Instant;
  readonly tomorrow: Temporal.Instant;
}

/** The person who looks at the queue, and when. In SQL a referral is called `r`. */
export interface Looks extends DayOfHub {
  readonly filters: QueueFilters;
  readonly staffId: string;
}

/** Whether a referral is in a view. @param staffId the person who looks */
export const IN_VIEW: Readonly<Record<QueueView, (staffId: string) => Sql>> = {
  waiting: () => sql`r.status = 'awaiting_decision'`,
  unclaimed: () => sql`r.status = 'awaiting_decision' AND r.claimed_by IS NULL`,
  mine: (staffId) => sql`r.status <> 'decided' AND r.claimed_by = ${staffId}`,
  'sign-off': () => sql`r.status = 'awaiting_sign_off'`,
  decided: () => sql`r.status = 'decided'`,
};

/**
 * The instant that is due first: the decision, by the hub's own limit or the law's, or that a person takes the referral
 * while that runs.
 */
export const FIRST_DUE = sql`least(r.decision_due_at, r.statutory_due_at,
  (SELECT due_at FROM deadline WHERE referral_id = r.id AND kind = 'claim' AND state = 'open'))`;

/** The same for counting all referrals at once: the deadlines are joined as `c`, where {@link FIRST_DUE} looks each up. */
const FIRST_DUE_JOINED = sql`least(r.decision_due_at, r.statutory_due_at, c.due_at)`;
export const CLAIM_DEADLINES = sql`
  LEFT JOIN deadline c ON c.referral_id = r.id AND c.kind = 'claim' AND c.state = 'open'`;

/** In which of the due filters a referral is: they overlap nowhere and leave nothing out. */
function dueFilter(firstDue: Sql, { now, tomorrow }: DayOfHub): Sql {
  return sql`CASE WHEN ${firstDue} <= ${now} THEN 'overdue'
    WHEN ${firstDue} <= ${now.add({ hours: 1 })} THEN 'within-the-hour'
    WHEN ${firstDue} < ${tomorrow} THEN 'today' ELSE 'later' END`;
}

export function dueFilterOfAll(day: DayOfHub): Sql {
  return dueFilter(FIRST_DUE_JOINED, day);
}

/** The id of a referral that some people may not open; null of one that all may. */
export const RESTRICTED_ID = sql`CASE WHEN r.id IN (SELECT covered.referral_id FROM restricted_referral covered
  JOIN restriction x ON x.id = covered.restriction_id WHERE x.ended_at IS NULL) THEN r.id END`;

const EVERY = sql`TRUE`;

/**
 * That a referral passes every filter. One that is hidden from the person passes none that asks for what its line does not
 * say.
 */
export function passes(looks: Looks): Sql {
  const { rating, concern, agency, holder, due } = looks.filters;
  return sql`${rating === null ? EVERY : sql`r.rating = ${rating}`}
    AND ${concern === null && agency === null ? EVERY : sql`NOT ${isHiddenFrom(looks.staffId)}`}
    AND ${concern === null ? EVERY : sql`r.concern_types @> ARRAY[${concern}]`}
    AND ${agency === null ? EVERY : sql`r.agency_id = ${agency}`}
    AND ${holder === null ? EVERY : heldBy(holder)}
    AND ${due === null ? EVERY : sql`${dueFilter(FIRST_DUE, looks)} = ${due}`}`;
}

function heldBy(holder: string): Sql {
  return holder === 'nobody' ? sql`r.claimed_by IS NULL` : sql`r.claimed_by = ${holder}`;
}
