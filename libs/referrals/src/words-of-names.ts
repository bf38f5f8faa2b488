import { sql, type Sql, type Transaction } from '#store';

/** As many words are looked for in place of each that is typed: the nearest by spelling or by sound. */
const NEAREST = 40;
/** As many of the typed words are looked for: the longest, which say the most. */
const WORDS = 3;

/** The words of stored names that are near to a word that was typed. */
export interface NearWords {
  readonly words: readonly string[];
  /** How alike the spelling of the nearest is, 0 to 1. */
  readonly likeness: number;
}

/**
 * The words of stored names that are near to those of a sought name, a list for each of its three longest words.
 *
 * @param name folded (`mash.fold`)
 */
export async function nearWords(tx: Transaction, name: string): Promise<readonly NearWords[]> {
  return tx.rows<NearWords>(sql`
    SELECT coalesce(near.words, '{}') AS words, coalesce(near.likeness, 0) AS likeness
    FROM (SELECT DISTINCT word, mash.sounds(word) AS sounds, length(word) AS length
      FROM string_to_table(${name}, ' ') AS typed (word) ORDER BY length DESC, word LIMIT ${WORDS}) sought
    CROSS JOIN LATERAL (SELECT array_agg(word) AS words, max(likeness) AS likeness FROM (
      SELECT k.word, max(similarity(k.word, sought.word)) AS likeness FROM name_word k WHERE k.word % sought.word OR k.sounds && sought.sounds
      GROUP BY k.word
      ORDER BY max(similarity(k.word, sought.word) + CASE WHEN k.sounds && sought.sounds THEN 0.2 ELSE 0 END) DESC, k.word
      LIMIT ${NEAREST}) nearest) near`);
}

/**
 * That a name, whose row is called `p`, has words near to those that are sought; where three are, to two of them: a name
 * is often left out, or another than the stored one.
 */
export function hasWordsNear(near: readonly NearWords[]): Sql {
  const [first = [], second, third] = near.map(({ words }) => words);
  if (second === undefined) return sql`string_to_array(p.name, ' ') && ${first}::text[]`;
  if (third === undefined) {
    return sql`string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${second}::text[]`;
  }
  return sql`(string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${second}::text[]
    OR string_to_array(p.name, ' ') && ${first}::text[] AND string_to_array(p.name, ' ') && ${third}::text[]
    OR string_to_array(p.name, ' ') && ${second}::text[] AND string_to_array(p.name, ' ') && ${third}::text[])`;
}
