import { isUuid } from '#platform';
import { sql, type Sql } from '#store';
import { FIRST_DUE } from './queue-conditions.ts';

/** What a person may have the queue sorted by. */
export const QUEUE_ORDERS = ['urgency', 'due', 'newest', 'oldest', 'decided'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

type Column = 'urgency' | 'decision_due_at' | 'first_due_at' | 'received_at' | 'last_changed_at' | 'id';

/** The columns of each order, the same way round throughout: a page begins after the last row of the one before. */
const COLUMNS: Readonly<Record<QueueOrder, readonly Column[]>> = {
  urgency: ['urgency', 'decision_due_at', 'received_at', 'id'],
  due: ['first_due_at', 'received_at', 'id'],
  newest: ['received_at', 'id'],
  oldest: ['received_at', 'id'],
  decided: ['last_changed_at', 'id'],
};

/** Each order in SQL, where a referral is called `r`. */
export const ORDER_BY: Readonly<Record<QueueOrder, Sql>> = {
  urgency: sql`r.urgency, r.decision_due_at, r.received_at, r.id`,
  due: sql`${FIRST_DUE}, r.received_at, r.id`,
  newest: sql`r.received_at DESC, r.id DESC`,
  oldest: sql`r.received_at, r.id`,
  decided: sql`r.last_changed_at DESC, r.id DESC`,
};

/** That a row comes after the end of a page, in the order of {@link COLUMNS}. */
export const AFTER: Readonly<Record<QueueOrder, (end: PageEnd) => Sql>> = {
  urgency: ([urgency, due, received, id]) => sql`(r.urgency, r.decision_due_at, r.received_at, r.id)
    > (${urgency}::smallint, ${due}::timestamptz, ${received}::timestamptz, ${id}::uuid)`,
  due: ([due, received, id]) => sql`(${FIRST_DUE}, r.received_at, r.id)
    > (${due}::timestamptz, ${received}::timestamptz, ${id}::uuid)`,
  newest: ([received, id]) => sql`(r.received_at, r.id) < (${received}::timestamptz, ${id}::uuid)`,
  oldest: ([received, id]) => sql`(r.received_at, r.id) > (${received}::timestamptz, ${id}::uuid)`,
  decided: ([changed, id]) => sql`(r.last_changed_at, r.id) < (${changed}::timestamptz, ${id}::uuid)`,
};

/** The last row of a page: a value for each column of its order, as PostgreSQL writes it. */
export type PageEnd = readonly string[];

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** The end of a page as an address carries it. It says nothing of a child. */
export function writePageEnd(order: QueueOrder, row: Readonly<Record<Column, unknown>>): string {
  const values = COLUMNS[order].map((column) => String(row[column]));
  return Buffer.from(values.join(' ')).toString('base64url');
}

/** @returns null when it is none of this order */
export function readPageEnd(order: QueueOrder, written: string): PageEnd | null {
  const values = Buffer.from(written, 'base64url').toString('latin1').split(' ');
  const columns = COLUMNS[order];
  return values.length === columns.length && columns.every((column, index) => isOf(column, values[index]!))
    ? values
    : null;
}

function isOf(column: Column, value: string): boolean {
  if (column === 'urgency') return /^[123]$/.test(value);
  if (column === 'id') return isUuid(value);
  return INSTANT.test(value) && exists(value);
}

/** Not the thirty-first of February, nor a year that PostgreSQL does not know. */
function exists(instant: string): boolean {
  try {
    return Temporal.Instant.from(instant).toString() > '0001';
  } catch {
    return false;
  }
}
