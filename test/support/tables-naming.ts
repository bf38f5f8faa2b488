import { SERVICE, sql, type Database } from '#store';

/** How many rows of each table have one of these texts in any column, such as the id or the reference of a referral. */
export function tablesNaming(
  database: Database,
  ...texts: readonly string[]
): Promise<Readonly<Record<string, number>>> {
  const patterns = texts.map((text) => `%${text}%`);
  return database.as(SERVICE).transaction(async (tx) => {
    const tables = await tx.rows<{ name: string }>(sql`
      SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace`);
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      const { n } = (await tx.row<{ n: number }>(sql`
        SELECT (xpath('/row/n/text()', query_to_xml(format(
          'SELECT count(*) AS n FROM %s t WHERE t::text LIKE ANY (%L)', ${name}::text, ${patterns}::text[]),
          false, true, '')))[1]::text::int AS n`))!;
      if (n > 0) found[name] = n;
    }
    return found;
  });
}
