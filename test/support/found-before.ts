import { SERVICE, sql, type Database } from '#store';

/**
 * The references that a search by name alone shows, by comparing every name: what the service did before it had a
 * dictionary of words. The best first, fifty at most.
 */
export async function foundByComparingAll(database: Database, name: string): Promise<readonly string[]> {
  const rows = await database.as(SERVICE).rows<{ reference: string }>(sql`
    WITH sought AS (SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS name_key
      FROM mash.fold(${name}) folded),
    fits AS (
      SELECT DISTINCT ON (p.referral_id) p.referral_id,
        CASE WHEN p.name_key = sought.name_key THEN 1
          ELSE greatest(similarity(p.name, sought.name), word_similarity(sought.name, p.name)) END AS score
      FROM sought, person_name p
      WHERE p.name % sought.name OR sought.name <% p.name OR p.name_key = sought.name_key
        OR (sought.sounds <> '{}' AND p.sounds @> sought.sounds)
      ORDER BY p.referral_id, score DESC, p.kind DESC, p.position)
    SELECT r.reference FROM fits JOIN referral r ON r.id = fits.referral_id
    ORDER BY fits.score DESC, r.received_at DESC, r.id LIMIT 50`);
  return rows.map(({ reference }) => reference);
}

/** PostgreSQL believes that there are so many names, until the table is analysed. */
export async function believesInNames(database: Database, count: number): Promise<void> {
  await database.as(SERVICE).run(sql`ALTER TABLE person_name SET (autovacuum_enabled = false)`);
  await database.as(SERVICE).run(sql`
    UPDATE pg_class SET reltuples = ${count} WHERE oid = 'person_name'::regclass`);
}

/** The words of stored names, and those that the dictionary knows. */
export async function wordsOfNames(database: Database): Promise<{ readonly used: string[]; readonly known: string[] }> {
  const row = await database.as(SERVICE).row<{ used: string[]; known: string[] }>(sql`
    SELECT ARRAY(SELECT DISTINCT word FROM person_name, string_to_table(name, ' ') word WHERE word <> '' ORDER BY word) AS used,
      ARRAY(SELECT DISTINCT word FROM name_word ORDER BY word) AS known`);
  return row!;
}
