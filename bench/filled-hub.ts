import { SubmitReferral } from '#referrals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { scenarioBody, type FreshDatabase } from './fresh-database.ts';
import { SCENARIOS } from './many-referrals.ts';

export interface SizeOfHub {
  readonly open: number;
  readonly closed: number;
}

const SYLLABLES = `(SELECT ARRAY['ba', 'ben', 'cal', 'da', 'del', 'el', 'fa', 'fin', 'ga', 'ha', 'is', 'ja', 'ka', 'lo',
  'ma', 'mir', 'na', 'nor', 'o', 'pa', 'ra', 'ri', 'sa', 'sh', 'ta', 'tom', 'u', 'vi', 'wil', 'za'] AS s) syllables`;

/** A word of three or four syllables, the same for the same number below 120,000. */
const word = (number: string) => `(SELECT s[k % 30 + 1] || s[k / 30 % 30 + 1] || s[k / 900 % 30 + 1]
  || CASE WHEN k % 2 = 0 THEN s[k / 27000 % 30 + 1] ELSE '' END FROM (SELECT ((${number})::bigint * 7919 % 810000)::int AS k) w)`;
/** Between 0 and 1, the same for the same referral. */
const chance = (salt: number) => `((hashint4(n + ${salt}) & 2147483647) / 2147483648.0)`;

/** What the children are called, for each referral that is copied. */
const NAMES = {
  /** Two words of two and three syllables: about 70,000 names, so in a million a name comes fifteen times. */
  repeating: `SELECT id, n, s[n % 30 + 1] || s[n / 30 % 30 + 1] || ' ' || s[n / 11 % 30 + 1] || s[n / 330 % 30 + 1]
    || s[n / 7 % 30 + 1] AS called FROM copied, ${SYLLABLES}`,
  /** Three words, two of 4,000 of which some are common and one of 116,000: practically every name is another. */
  distinct: `SELECT id, n, ${word(`floor(4000 * ${chance(1)} ^ 2)`)} || ' ' || ${word(`floor(4000 * ${chance(2_000_000)} ^ 2)`)}
    || ' ' || ${word(`4000 + floor(116000 * ${chance(4_000_000)})`)} AS called FROM copied, ${SYLLABLES}`,
};

/** Copies of three referrals that were really submitted, one of each rating, spread over the last months. */
export async function fillHub(
  { database, agencyId, url }: FreshDatabase,
  { open, closed }: SizeOfHub,
  names: keyof typeof NAMES = 'repeating',
): Promise<void> {
  const cases = await composeHub(database);
  for (const name of Object.values(SCENARIOS)) {
    await cases.get(SubmitReferral).execute({ agencyId, idempotencyKey: randomUUID(), referral: scenarioBody(name) });
  }
  await cases.close();
  // A connection that may take its time, and rows as they would be without the checks of each.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(
    `CREATE TEMPORARY TABLE copied AS
       SELECT gen_random_uuid() AS id, gen_random_uuid() AS decision_id, gen_random_uuid() AS response_id, n, n > $1 AS closed,
         t.id AS like_id, t.received_at - n * interval '13 seconds' AS received_at,
         t.decision_due_at - n * interval '13 seconds' AS due_at
       FROM generate_series(1, $1::int + $2::int) n
       JOIN (SELECT *, row_number() OVER (ORDER BY id) AS nth, count(*) OVER () AS all FROM referral) t
         ON t.nth = 1 + n % t.all`,
    [open, closed],
  );
  await client.query(
    `INSERT INTO referral (id, reference, agency_id, channel, status, version, rating, urgency, immediate_danger, submitted,
         concern_types, received_at, decision_due_at, statutory_due_at, last_changed_at, response_time_id)
       SELECT c.id, 'BENCH-' || c.n, t.agency_id, 'api', CASE WHEN c.closed THEN 'decided' ELSE 'awaiting_decision' END, 1,
         t.rating, t.urgency, t.immediate_danger, t.submitted, t.concern_types, c.received_at, c.due_at, c.due_at,
         c.received_at, CASE WHEN c.closed THEN c.response_id END
       FROM copied c JOIN referral t ON t.id = c.like_id`,
  );
  await client.query(
    `INSERT INTO referral_child (referral_id, position, submitted, nhs_number, upn, name_key, date_of_birth)
       SELECT c.id, t.position, t.submitted, t.nhs_number, t.upn, t.name_key, t.date_of_birth
       FROM copied c JOIN referral_child t ON t.referral_id = c.like_id`,
  );
  await client.query(
    `INSERT INTO deadline (id, referral_id, kind, generation, rating, urgency, due_at, state, ended_at, armed_at, policy_version,
         calendar_version)
       SELECT gen_random_uuid(), c.id, t.kind, 1, t.rating, t.urgency, c.due_at, CASE WHEN c.closed THEN 'met' ELSE 'open' END,
         CASE WHEN c.closed THEN c.received_at END, c.received_at, 1, 1
       FROM copied c JOIN deadline t ON t.referral_id = c.like_id`,
  );
  await client.query(
    `INSERT INTO response_time (id, referral_id, decision_id, received_at, decided_at, effective_at, due_at, statutory_due_at,
         elapsed_minutes, working_minutes, on_time, within_statutory_limit, policy_version, calendar_version)
       SELECT response_id, id, decision_id, received_at, received_at, received_at, due_at, due_at, 1, 1, true, true, 1, 1
       FROM copied WHERE closed`,
  );
  await client.query(`
    INSERT INTO person_name
      SELECT id, 'child', 0, called, mash.sounds(called), '2008-11-23'::date + n % 6570, 'BE' || n % 97 || 'A' || n / 97 % 499,
        mash.name_key(called)
      FROM (${NAMES[names]}) p`);
  await client.query(`
    INSERT INTO name_word SELECT word, referral_id, mash.sounds(word)
      FROM (SELECT DISTINCT ON (word) word, referral_id FROM person_name, string_to_table(name, ' ') word ORDER BY word) w
      ON CONFLICT DO NOTHING`);
  await client.query('VACUUM ANALYZE');
  await client.end();
}
