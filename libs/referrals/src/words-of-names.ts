import { sql, type Sql, type Transaction } from '#store';

/** As many words are looked for in place of each that is typed: the nearest by spelling or by sound. */
const NEAREST = 40;
/** As many of the typed words are looked for: the longest, which say the most. */
const WORDS = 3;

/** The words of stored names that are near to a word that was typed. */
export type NearWords = readonly string[];

/**
 * The words of stored names that are near to those of a sought name, a list for each of its three longest words.
 *
 * @param name folded (`mash.fold`)
 */
export async function nearWords(tx: Transaction, name: string): Promise<readonly NearWords[]> {
  const found = await tx.rows<{ words: NearWords }>(sql`
    SELECT coalesce(near.words, '{}') AS words
    FROM (SELECT DISTINCT word, mash.sounds(word) AS sounds, length(word) AS length
      FROM string_to_table(${name}, ' ') AS typed (word) ORDER BY length DESC, word LIMIT ${WORDS}) sought
    CROSS JOIN LATERAL (SELECT array_agg(word) AS words FROM (
      SELECT k.word FROM name_word k WHERE k.word % sought.word OR k.sounds && sought.sounds
      GROUP BY k.word
      ORDER BY max(similarity(k.word, sought.word) + CASE WHEN k.sounds && sought.sounds THEN 0.2 ELSE 0 END) DESC, k.word
      LIMIT ${NEAREST}) nearest) near`);
  return found.map(({ words }) => words);
}

/**
 * That a name, whose row is called `p`, has words near to those that are sought; where three are, to two of them: a name
 * is often left out, or another than the stored one.
 */
export function hasWordsNear([first = [], second, third]: readonly NearWords[]): Sql {
  if (second === undefined) return sql`string_to_array(p.name, ' ') && ${first}::text[]`;
  if (third === undefined) {
    return sql`string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${second}::text[]`;
  }
  return sql`(string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${second}::text[]
    OR string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${third}::text[]
    OR string_to_array(p.name, ' ') && ${second}::text[] AND string_to_array(p.name, ' ') && ${third}::text[])`;
}
