import type { DataSource, EntityTarget } from 'typeorm';
import { LOCKS, type LockName } from './locks.ts';
import { join, raw, sql, type Sql } from './sql.ts';

/** Advisory locks that one statement takes: all of them, or it inserts nothing. */
export interface LocksOfInsert {
  readonly name: LockName;
  readonly keys: readonly string[];
}

type MayBeNull<E> = { [K in keyof E]-?: null extends E[K] ? K : never }[keyof E];

/** A row to insert: every property of its entity, but those that may be null. A required column cannot be forgotten. */
export type NewRow<E> = Omit<E, MayBeNull<E>> & Partial<Pick<E, MayBeNull<E>>>;

/** The rows to insert into one table, as its entity describes them. */
export interface RowsOf {
  readonly table: EntityTarget<object>;
  readonly rows: readonly object[];
}

/** @returns rows for {@link Transaction.insert}; none of them is sent before */
export function rowsOf<E extends object>(table: EntityTarget<E>, ...rows: readonly NewRow<E>[]): RowsOf {
  return { table, rows };
}

/**
 * One statement that inserts into several tables. Each table's rows travel as one JSON parameter: instants in them as
 * RFC 3339, bytes as PostgreSQL's `\x…`. So the text depends on the tables and columns, and not on how many rows there are.
 *
 * @param locks inserts nothing while another transaction holds one of these advisory locks; the statement then returns
 * `mine` as false
 * @returns null when there is nothing to insert
 */
export function insertStatement(source: DataSource, tables: readonly RowsOf[], locks?: LocksOfInsert): Sql | null {
  const filled = byTable(tables).filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) return null;
  const onlyIfMine = locks === undefined ? sql`` : sql` WHERE (SELECT mine FROM guard)`;
  const inserts = filled.map(
    ({ table, rows }, index) => sql`${raw(`t${index}`)} AS (${insertInto(source, table, rows)}${onlyIfMine})`,
  );
  if (locks === undefined) return sql`WITH ${join(inserts, ', ')} SELECT 1`;
  const seed = raw(String(LOCKS[locks.name]));
  return sql`WITH guard AS MATERIALIZED (
      SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(key, ${seed}))) AS mine
      FROM unnest(${locks.keys}::text[]) key), ${join(inserts, ', ')}
    SELECT mine FROM guard`;
}

/** The rows of several that insert into the same tables, table by table. */
function byTable(tables: readonly RowsOf[]): readonly RowsOf[] {
  const rows = new Map<RowsOf['table'], object[]>();
  for (const one of tables) rows.set(one.table, (rows.get(one.table) ?? []).concat(one.rows));
  return [...rows].map(([table, all]) => ({ table, rows: all }));
}

/** The names of tables and columns come from the entities, never from a caller. */
function insertInto(source: DataSource, table: EntityTarget<object>, rows: readonly object[]): Sql {
  const metadata = source.getMetadata(table);
  const columns = metadata.columns
    .filter(({ propertyName }) => rows.some((row) => propertyName in row))
    .map(({ databaseName }) => `"${databaseName}"`)
    .join(', ');
  const name = `"${metadata.tableName}"`;
  return sql`INSERT INTO ${raw(name)} (${raw(columns)}) SELECT ${raw(columns)} FROM jsonb_populate_recordset(
    NULL::${raw(name)}, ${inDatabaseNames(source, table, rows)}::jsonb)`;
}

function inDatabaseNames(source: DataSource, table: EntityTarget<object>, rows: readonly object[]): string {
  const { columns } = source.getMetadata(table);
  const named = (rows as readonly Record<string, unknown>[]).map((row) => {
    const columnsOf: Record<string, unknown> = {};
    for (const { databaseName, propertyName } of columns) {
      if (propertyName in row) columnsOf[databaseName] = inJson(row[propertyName]);
    }
    return columnsOf;
  });
  return JSON.stringify(named);
}

function inJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
