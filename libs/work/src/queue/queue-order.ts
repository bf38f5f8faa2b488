import { FIRST_DUE_IN_SQL } from './queue-view-in-sql.ts';

/** What a person may have the queue sorted by. */
export const QUEUE_ORDERS = ['urgency', 'due', 'newest', 'oldest', 'decided'] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

interface Key {
  readonly column: 'urgency' | 'decision_due_at' | 'first_due_at' | 'received_at' | 'last_changed_at' | 'id';
  /** Where it is not a column of the referral. */
  readonly sql?: string;
  readonly type: 'smallint' | 'timestamptz' | 'uuid';
}

const URGENCY: Key = { column: 'urgency', type: 'smallint' };
const DUE: Key = { column: 'decision_due_at', type: 'timestamptz' };
const FIRST_DUE: Key = { column: 'first_due_at', sql: FIRST_DUE_IN_SQL, type: 'timestamptz' };
const RECEIVED: Key = { column: 'received_at', type: 'timestamptz' };
const CHANGED: Key = { column: 'last_changed_at', type: 'timestamptz' };
const ID: Key = { column: 'id', type: 'uuid' };

/** Each order's columns, the same way round throughout, so that a page begins after the last row of the one before. */
const ORDERS: Readonly<Record<QueueOrder, { readonly keys: readonly Key[]; readonly isDescending: boolean }>> = {
  urgency: { keys: [URGENCY, DUE, RECEIVED, ID], isDescending: false },
  due: { keys: [FIRST_DUE, RECEIVED, ID], isDescending: false },
  newest: { keys: [RECEIVED, ID], isDescending: true },
  oldest: { keys: [RECEIVED, ID], isDescending: false },
  decided: { keys: [CHANGED, ID], isDescending: true },
};

/** The last row of a page: a value for each column of its order, as PostgreSQL writes it. */
export type PageEnd = readonly string[];

const FORMS: Readonly<Record<Key['type'], RegExp>> = {
  smallint: /^[123]$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

const inSql = ({ column, sql = `r.${column}` }: Key) => sql;

export function orderInSql(order: QueueOrder): string {
  const { keys, isDescending } = ORDERS[order];
  return keys.map((key) => `${inSql(key)}${isDescending ? ' DESC' : ''}`).join(', ');
}

/** The condition that a row comes after the end of a page. @param first the number of its first parameter */
export function afterInSql(order: QueueOrder, first: number): string {
  const { keys, isDescending } = ORDERS[order];
  const columns = keys.map(inSql).join(', ');
  const values = keys.map(({ type }, index) => `$${first + index}::${type}`).join(', ');
  return `(${columns}) ${isDescending ? '<' : '>'} (${values})`;
}

/** The end of a page as an URL carries it. It says nothing of a child. */
export function writePageEnd(order: QueueOrder, row: Readonly<Record<Key['column'], unknown>>): string {
  const values = ORDERS[order].keys.map(({ column }) => String(row[column]));
  return Buffer.from(values.join(' ')).toString('base64url');
}

/** @returns null when it is none of this order */
export function readPageEnd(order: QueueOrder, written: string): PageEnd | null {
  const values = Buffer.from(written, 'base64url').toString('latin1').split(' ');
  const { keys } = ORDERS[order];
  const isOne = ({ type }: Key, value: string) => FORMS[type].test(value) && (type !== 'timestamptz' || exists(value));
  return values.length === keys.length && keys.every((key, index) => isOne(key, values[index]!)) ? values : null;
}

/** Not the thirty-first of February, nor a year that PostgreSQL does not know. */
function exists(instant: string): boolean {
  try {
    return Temporal.Instant.from(instant).toString() > '0001';
  } catch {
    return false;
  }
}
