import type { QueueFilters, QueueView } from './queue-view.ts';

/**
 * The views in SQL. In these and in the filters `$1` is the person who looks, `$2` now, `$3` the end of their day, `$4` to
 * `$8` the filters in the order of their table.
 */
export const IN_VIEW: Readonly<Record<QueueView, string>> = {
  waiting: `r.status = 'awaiting_decision'`,
  unclaimed: `r.status = 'awaiting_decision' AND r.claimed_by IS NULL`,
  mine: `r.status <> 'decided' AND r.claimed_by = $1`,
  'sign-off': `r.status = 'awaiting_sign_off'`,
  decided: `r.status = 'decided'`,
};

/** What is due first: the decision, by the hub's own limit or the law's, or that somebody takes it while that runs. */
export const FIRST_DUE_IN_SQL = firstDue(
  `(SELECT due_at FROM deadline WHERE referral_id = r.id AND kind = 'claim' AND state = 'open')`,
);

function firstDue(claimDue: string): string {
  return `least(r.decision_due_at, r.statutory_due_at, ${claimDue})`;
}

/** In which of the due filters a referral is: they overlap nowhere and leave nothing out. */
function dueFilter(first: string): string {
  return `CASE WHEN ${first} <= $2 THEN 'overdue'
    WHEN ${first} <= $2::timestamptz + interval '1 hour' THEN 'within-the-hour'
    WHEN ${first} < $3 THEN 'today' ELSE 'later' END`;
}

/** For counting all at once: the deadlines are joined, where each referral on its own would look its own up. */
export const DUE_OF_ALL = {
  sql: dueFilter(firstDue('c.due_at')),
  join: `LEFT JOIN deadline c ON c.referral_id = r.id AND c.kind = 'claim' AND c.state = 'open'`,
} as const;

/** Each filter in SQL. One that is not set lets everything through. */
const FILTERS_IN_SQL: Readonly<Record<keyof QueueFilters, string>> = {
  rating: `($4::text IS NULL OR r.rating = $4)`,
  concern: `($5::text IS NULL OR r.concern_types @> ARRAY[$5])`,
  agency: `($6::uuid IS NULL OR r.agency_id = $6)`,
  holder: `($7::text IS NULL OR CASE $7 WHEN 'nobody' THEN r.claimed_by IS NULL ELSE r.claimed_by = $7::uuid END)`,
  due: `($8::text IS NULL OR ${dueFilter(FIRST_DUE_IN_SQL)} = $8)`,
};

/** All filters but one, in SQL: for counting what each choice of that one would show. */
export function filtersBut(left: keyof QueueFilters | null): string {
  return Object.entries(FILTERS_IN_SQL)
    .filter(([name]) => name !== left)
    .map(([, sql]) => sql)
    .join(' AND ');
}
