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

/** Copies of three referrals that were really submitted, one of each rating, spread over the last months. */
export async function fillHub({ database, agencyId, url }: FreshDatabase, { open, closed }: SizeOfHub): Promise<void> {
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
  // Names of two and three syllables, in some hundred thousand combinations; births over 18 years.
  await client.query(
    `INSERT INTO person_name
       SELECT id, 'child', 0, called, mash.sounds(called), '2008-11-23'::date + n % 6570, 'BE' || n % 97 || 'A' || n / 97 % 499
       FROM (SELECT id, n, s[n % 30 + 1] || s[n / 30 % 30 + 1] || ' ' || s[n / 11 % 30 + 1] || s[n / 330 % 30 + 1]
           || s[n / 7 % 30 + 1] AS called
         FROM copied, (SELECT ARRAY['ba', 'ben', 'cal', 'da', 'del', 'el', 'fa', 'fin', 'ga', 'ha', 'is', 'ja', 'ka', 'lo',
           'ma', 'mir', 'na', 'nor', 'o', 'pa', 'ra', 'ri', 'sa', 'sh', 'ta', 'tom', 'u', 'vi', 'wil', 'za'] AS s) syllables) p`,
  );
  await client.query('VACUUM ANALYZE');
  await client.end();
}
