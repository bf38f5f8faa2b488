import { OUTCOMES } from '#domain';
import { isUuid } from '#platform';
import { sql, type Sql } from '#store';

/** What the list may be sorted by. */
export const DECIDED_SORTS = ['decided', 'received', 'took', 'rating', 'agency', 'outcome', 'decider'] as const;
export type DecidedSort = (typeof DECIDED_SORTS)[number];

export const DIRECTIONS = ['ascending', 'descending'] as const;

export interface DecidedOrder {
  readonly sort: DecidedSort;
  readonly direction: (typeof DIRECTIONS)[number];
}

/** The last row of a page: what it is sorted by, and its response time. */
export interface PageEnd {
  /** Of an agency or a person it is the id, because an address carries no name. */
  readonly key: string;
  readonly id: string;
}

/** What each order sorts by; then the id, so that no two rows stand in one place. */
const KEY: Readonly<Record<DecidedSort, Sql>> = {
  decided: sql`t.effective_at`,
  received: sql`t.received_at`,
  took: sql`t.elapsed_minutes`,
  rating: sql`r.urgency`,
  agency: sql`agency.name`,
  outcome: sql`d.outcome`,
  decider: sql`decider.name`,
};

const KEY_OF: Readonly<Record<DecidedSort, (key: string) => Sql>> = {
  decided: (key) => sql`${key}::timestamptz`,
  received: (key) => sql`${key}::timestamptz`,
  took: (key) => sql`${key}::integer`,
  rating: (key) => sql`${key}::smallint`,
  agency: (key) => sql`(SELECT name FROM agency WHERE id = ${key}::uuid)`,
  outcome: (key) => sql`${key}::text`,
  decider: (key) => sql`(SELECT name FROM staff_member WHERE id = ${key}::uuid)`,
};

export function orderBy({ sort, direction }: DecidedOrder): Sql {
  return direction === 'ascending' ? sql`${KEY[sort]}, t.id` : sql`${KEY[sort]} DESC, t.id DESC`;
}

export function comesAfter({ sort, direction }: DecidedOrder, { key, id }: PageEnd): Sql {
  return direction === 'ascending'
    ? sql`(${KEY[sort]}, t.id) > (${KEY_OF[sort](key)}, ${id}::uuid)`
    : sql`(${KEY[sort]}, t.id) < (${KEY_OF[sort](key)}, ${id}::uuid)`;
}

/** The end of a page as an address carries it. It says nothing of a child. */
export function writeDecidedPageEnd({ key, id }: PageEnd): string {
  return Buffer.from(`${key} ${id}`).toString('base64url');
}

/** @returns null when it is none of this order */
export function readDecidedPageEnd(sort: DecidedSort, written: string): PageEnd | null {
  const [key, id, ...more] = Buffer.from(written, 'base64url').toString('latin1').split(' ');
  if (key === undefined || id === undefined || more.length > 0 || !isUuid(id)) return null;
  return IS_KEY[sort](key) ? { key, id } : null;
}

const IS_KEY: Readonly<Record<DecidedSort, (key: string) => boolean>> = {
  decided: isInstant,
  received: isInstant,
  took: (key) => /^\d{1,9}$/.test(key),
  rating: (key) => /^[123]$/.test(key),
  agency: isUuid,
  outcome: (key) => OUTCOMES.some((outcome) => outcome === key),
  decider: isUuid,
};

/** Of a year that PostgreSQL knows. */
function isInstant(key: string): boolean {
  try {
    return /^[12]\d{3}-/.test(key) && Temporal.Instant.from(key).toString() === key;
  } catch {
    return false;
  }
}
