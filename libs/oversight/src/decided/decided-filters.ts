import type { Outcome, Rating } from '#domain';
import { sql, type Sql } from '#store';

/** The instant of a referral by which a period is meant: its decision took effect, or the hub received it. */
export const DECIDED_PERIODS = ['decided', 'received'] as const;
export type DecidedPeriod = (typeof DECIDED_PERIODS)[number];

export const PUNCTUALITIES = ['late', 'in-time'] as const;
export type Punctuality = (typeof PUNCTUALITIES)[number];

/** Which decided referrals are meant; null leaves the list as wide as it is. */
export interface DecidedFilters {
  readonly period: DecidedPeriod;
  /** The first local day. */
  readonly from: Temporal.PlainDate;
  /** The local day after the last. */
  readonly to: Temporal.PlainDate;
  /** As it was when the decision took effect. */
  readonly rating: Rating | null;
  readonly outcome: Outcome | null;
  /** A person's id. */
  readonly decider: string | null;
  /** An agency's id. */
  readonly agency: string | null;
  /** By the hub's own target. */
  readonly operational: Punctuality | null;
  /** By the statutory limit of one working day. */
  readonly statutory: Punctuality | null;
}

/**
 * Decided referrals in SQL: the response time `t` that counts, its referral `r`, and its decision `d` where a filter asks
 * for it. A decision that was taken back has a response time that no referral names.
 */
export function decidedReferrals({ outcome, decider }: DecidedFilters): Sql {
  return sql`response_time t JOIN referral r ON r.response_time_id = t.id
    ${outcome === null && decider === null ? sql`` : sql`JOIN decision d ON d.id = t.decision_id`}`;
}

/** The instant of a period in SQL. */
const AT: Readonly<Record<DecidedPeriod, Sql>> = { decided: sql`t.effective_at`, received: sql`t.received_at` };
const OPERATIONAL: Readonly<Record<Punctuality, Sql>> = { late: sql`NOT t.on_time`, 'in-time': sql`t.on_time` };
const STATUTORY: Readonly<Record<Punctuality, Sql>> = {
  late: sql`NOT t.within_statutory_limit`,
  'in-time': sql`t.within_statutory_limit`,
};
const EVERY = sql`TRUE`;

/** That a referral of {@link decidedReferrals} is meant. @param timeZone in which the days of the period begin */
export function isMeant(filters: DecidedFilters, timeZone: string): Sql {
  const { period, rating, outcome, decider, agency, operational, statutory } = filters;
  const [from, to] = [filters.from, filters.to].map((day) => day.toZonedDateTime(timeZone).toInstant());
  return sql`${AT[period]} >= ${from}::timestamptz AND ${AT[period]} < ${to}::timestamptz
    AND ${rating === null ? EVERY : sql`r.rating = ${rating}`}
    AND ${outcome === null ? EVERY : sql`d.outcome = ${outcome}`}
    AND ${decider === null ? EVERY : sql`d.decided_by = ${decider}`}
    AND ${agency === null ? EVERY : sql`r.agency_id = ${agency}`}
    AND ${operational === null ? EVERY : OPERATIONAL[operational]}
    AND ${statutory === null ? EVERY : STATUTORY[statutory]}`;
}
