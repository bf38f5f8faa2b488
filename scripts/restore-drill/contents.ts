import pg from 'pg';

/** How many rows a table has, and a sum over all that is in them. */
export interface TableContents {
  readonly rows: number;
  readonly sum: string;
}

/** Of each table, by `schema.name`. */
export type Contents = ReadonlyMap<string, TableContents>;

/**
 * Reads every table of a database, those of the queues as well, as of one instant. The sum is that of a hash of each row's
 * text, so that it does not depend on the order in which rows lie on the disk. Unlogged tables are left out: they hold the
 * counters of limits, and a restore empties them.
 */
export async function readContents(url: string): Promise<Contents> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables = await client.query<{ schema: string; name: string }>(`
      SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 2`);
    const contents = new Map<string, TableContents>();
    for (const { schema, name } of tables.rows) {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      const { rows } = await client.query<TableContents>(`
        SELECT count(*)::int AS rows,
          coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text AS sum
        FROM ${table} t`);
      contents.set(`${schema}.${name}`, rows[0]!);
    }
    return contents;
  } finally {
    await client.end();
  }
}

/** What one database has otherwise than another, a line for each table. */
export function differencesInWords(before: Contents, after: Contents): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((table) => {
    const [was, is] = [before.get(table), after.get(table)];
    if (is === undefined) return `${table} is not there: it had ${rowsIn(was!)}.`;
    if (was === undefined) return `${table} was not there before: it has ${rowsIn(is)}.`;
    if (was.rows !== is.rows) return `${table} has ${rowsIn(is)}; it had ${rowsIn(was)}.`;
    return was.sum === is.sum ? [] : `${table} has as many rows as before, and not the same ones.`;
  });
}

const rowsIn = ({ rows }: TableContents) => `${rows} row${rows === 1 ? '' : 's'}`;
