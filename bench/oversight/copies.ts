import type pg from 'pg';

/**
 * What oversight reads of a referral. Columns of `own` name rows that are copied with it; those of `distinct` are made
 * other texts in each copy, so that copies of a child are other children. The record, forms, keys, jobs, letters and names
 * for searching are not copied.
 */
const COPIED: readonly {
  readonly table: string;
  readonly own: readonly string[];
  readonly distinct?: readonly string[];
  /** Which rows of the referrals that `$1` lists. Lists, not joins: without statistics a join reads all that is there. */
  readonly rows: string;
}[] = [
  { table: 'referral', own: ['id', 'response_time_id'], distinct: ['reference'], rows: 'id = ANY($1)' },
  { table: 'referral_child', own: ['referral_id'], distinct: ['nhs_number', 'upn', 'name_key'], rows: 'referral_id = ANY($1)' },
  { table: 'rating', own: ['id', 'referral_id'], rows: 'referral_id = ANY($1)' },
  { table: 'earlier_referral', own: ['referral_id', 'earlier_id'], rows: 'referral_id = ANY($1)' },
  { table: 'deadline', own: ['id', 'referral_id'], rows: 'referral_id = ANY($1)' },
  { table: 'deadline_step', own: ['id', 'deadline_id'], rows: `state = 'fired' AND deadline_id = ANY(ARRAY(SELECT id FROM deadline WHERE referral_id = ANY($1)))` },
  { table: 'alert', own: ['id', 'deadline_id', 'referral_id'], rows: 'referral_id = ANY($1)' },
  { table: 'delivery', own: ['id', 'alert_id', 'message_id'], rows: 'alert_id = ANY(ARRAY(SELECT id FROM alert WHERE referral_id = ANY($1)))' },
  { table: 'acknowledgement', own: ['id', 'alert_id', 'deadline_id'], rows: 'deadline_id = ANY(ARRAY(SELECT id FROM deadline WHERE referral_id = ANY($1)))' },
  { table: 'decision', own: ['id', 'referral_id', 'form_id'], rows: 'referral_id = ANY($1)' },
  { table: 'sign_off', own: ['id', 'decision_id'], rows: 'decision_id = ANY(ARRAY(SELECT id FROM decision WHERE referral_id = ANY($1)))' },
  { table: 'undoing', own: ['id', 'decision_id', 'sign_off_id'], rows: 'decision_id = ANY(ARRAY(SELECT id FROM decision WHERE referral_id = ANY($1)))' },
  { table: 'response_time', own: ['id', 'referral_id', 'decision_id'], rows: 'referral_id = ANY($1)' },
]; // prettier-ignore

/**
 * Copies referrals that are there, row by row, so that there are so many of each, 120 at most. A copy differs from its
 * original by its ids and by the texts that have to be its own. An id of version 7 counts after its instant the ids of that
 * instant: those of copies count on from 0x800, where no original's count comes to. The instants of a copy are the same to
 * the millisecond: so every due time and every minute of it is right, with the bank holidays and the clocks of its week.
 */
export async function copyReferrals(client: pg.Client, ids: readonly string[], times: number): Promise<void> {
  for (const { table, own, distinct = [], rows } of COPIED) {
    const columns = await columnsOf(client, table);
    const values = columns.map((column) => {
      if (own.includes(column)) return `overlay(original.${column}::text PLACING tail FROM 16)::uuid`;
      return distinct.includes(column) ? `original.${column} || tail` : `original.${column}`;
    });
    await client.query(
      `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')}
       FROM (SELECT to_hex(128 + n) AS tail FROM generate_series(1, $2::int - 1) n) copies
       CROSS JOIN (SELECT * FROM ${table} WHERE ${rows}) original`,
      [ids, times],
    );
  }
}

const known = new Map<string, readonly string[]>();

async function columnsOf(client: pg.Client, table: string): Promise<readonly string[]> {
  const found = known.get(table);
  if (found !== undefined) return found;
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(attname) AS name FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table],
  );
  const columns = rows.map(({ name }) => name);
  known.set(table, columns);
  return columns;
}

/**
 * Leaves out the indexes of these tables that nothing needs while they are filled. @returns makes them again
 */
export async function withoutIndexes(client: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i WHERE i.indrelid = ANY($1::regclass[])
       AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid)`,
    [COPIED.map(({ table }) => table)],
  );
  const found = rows.filter(({ name }) => !KEPT.includes(name));
  for (const { name } of found) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of found) await client.query(definition);
  };
}

/** Those by which the rows of a referral are found that are copied. */
const KEPT = ['rating_referral_idx', 'decision_referral_idx', 'alert_referral_idx', 'acknowledgement_deadline_at_idx', 'sign_off_decision_idx', 'undoing_decision_idx', 'response_time_referral_idx']; // prettier-ignore
