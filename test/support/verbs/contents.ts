import { SERVICE, sql, type Database } from '#store';

/**
 * What each table holds, by its name: the same text for the same rows, in any order. The letters of names are
 * left out, since they are many and nothing changes them.
 */
export async function contentsOfTables(database: Database): Promise<ReadonlyMap<string, string>> {
  const tables = await database.as(SERVICE).rows<{ name: string; contents: string }>(sql`
    SELECT tablename AS name,
      md5(query_to_xml(format('SELECT t::text FROM public.%I t ORDER BY 1', tablename), true, false, '')::text) AS contents
    FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'name_folding'`);
  return new Map(tables.map(({ name, contents }) => [name, contents]));
}
