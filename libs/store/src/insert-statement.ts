import type { DataSource, EntityTarget } from 'typeorm';

/** The rows to insert into one table, as its entity describes them. */
export interface RowsOf<E extends object = object> {
  readonly table: EntityTarget<E>;
  readonly rows: readonly Partial<E>[];
}

export function rowsOf<E extends object>(table: EntityTarget<E>, ...rows: readonly Partial<E>[]): RowsOf {
  return { table: table, rows };
}

/**
 * One statement that inserts into several tables. Each table's rows travel as one JSON parameter; instants in them as
 * RFC 3339, bytes as `\\x…`.
 *
 * @param lock inserts nothing while somebody else holds this advisory lock; the statement then returns `mine` as false
 * @returns null when there is nothing to insert
 */
export function insertStatement(
  source: DataSource,
  tables: readonly RowsOf[],
  lock?: string,
): { readonly sql: string; readonly parameters: readonly string[] } | null {
  const filled = tables.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) return null;
  const parameters = filled.map(({ table, rows }) => inDatabaseNames(source, table, rows));
  const condition = lock === undefined ? '' : ' WHERE (SELECT mine FROM guard)';
  const inserts = filled.map(({ table, rows }, index) => insertInto(source, table, rows, index + 1) + condition);
  const parts = inserts.map((insert, index) => `t${index} AS (${insert})`).join(', ');
  if (lock === undefined) return { sql: `WITH ${parts} SELECT 1`, parameters };
  const guard = `guard AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(hashtextextended($${parameters.length + 1}, 0)) AS mine)`;
  return { sql: `WITH ${guard}, ${parts} SELECT mine FROM guard`, parameters: [...parameters, lock] };
}

function insertInto(
  source: DataSource,
  table: EntityTarget<object>,
  rows: readonly object[],
  parameter: number,
): string {
  const metadata = source.getMetadata(table);
  const columns = metadata.columns
    .filter(({ propertyName }) => rows.some((row) => propertyName in row))
    .map(({ databaseName }) => `"${databaseName}"`)
    .join(', ');
  const name = `"${metadata.tableName}"`;
  return `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $${parameter}::jsonb)`;
}

function inDatabaseNames(source: DataSource, table: EntityTarget<object>, rows: readonly object[]): string {
  const { columns } = source.getMetadata(table);
  const named = (rows as readonly Record<string, unknown>[]).map((row) => {
    const columnsOf: Record<string, unknown> = {};
    for (const { databaseName, propertyName } of columns) {
      if (propertyName in row) columnsOf[databaseName] = row[propertyName];
    }
    return columnsOf;
  });
  return JSON.stringify(named);
}
