import type { StaffActor } from '#access';
import { SubmitReferral, SearchReferrals, type SearchCriteria } from '#referrals';
import { SERVICE, sql } from '#store';
import { NO_FILTERS, ReadQueue, TakeNext } from '#work';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { composeHub } from '../scripts/hub/whole-hub.ts';
import { scenarioBody, type FreshDatabase } from './fresh-database.ts';
import { percentiles, percentilesInWords, whole } from './in-words.ts';
import { SCENARIOS } from './many-referrals.ts';

const ROUNDS = 200;
const SMALL = { open: 1_000, closed: 20_000 };
const LARGE = { open: 50_000, closed: 1_000_000 };

/** The first page of the queue, taking the next one, and searching, in a small hub and in one far larger than any. */
export async function benchQueue(fresh: (name: string) => Promise<FreshDatabase>): Promise<string> {
  const [small, large] = [await measure(fresh, 'queue_small', SMALL), await measure(fresh, 'queue_large', LARGE)];
  const lines = (Object.keys(NAMES) as Measured[]).map((what) => {
    const [few, many] = [percentiles(small[what]), percentiles(large[what])];
    const ratio = (many.p50 / few.p50).toFixed(1);
    return `${NAMES[what]}: ${percentilesInWords(many)}; small: ${percentilesInWords(few)}; ratio of the medians ${ratio}`;
  });
  return [
    `Server time over ${ROUNDS} rounds, ${whole(LARGE.open)} open and ${whole(LARGE.closed)} closed referrals; small: ${whole(SMALL.open)} and ${whole(SMALL.closed)}`,
    ...lines,
  ].join('\n');
}

const NAMES = {
  page: 'The first page of the queue',
  take: 'Take the next one',
  name: 'Search by a name with a letter missing',
  birth: 'Search by a date of birth and a first name',
  postcode: 'Search by a postcode',
};
type Measured = keyof typeof NAMES;

async function measure(
  fresh: (name: string) => Promise<FreshDatabase>,
  name: string,
  size: typeof SMALL,
): Promise<Record<Measured, number[]>> {
  const hub = await fresh(name);
  const { database } = hub;
  await fill(hub, size);
  const person = (await database.as(SERVICE).row<{ id: string }>(sql`SELECT id FROM staff_member`))!;
  const by: StaffActor = { kind: 'staff', id: person.id, name: 'Bench', role: 'manager' };
  const cases = await composeHub(database);
  const [queue, next] = [cases.get(ReadQueue), cases.get(TakeNext)];
  const page = () =>
    queue.execute({
      view: 'waiting',
      filters: NO_FILTERS,
      order: 'urgency',
      after: null,
      timeZone: 'Europe/London',
      by,
    });
  const search = cases.get(SearchReferrals);
  const sought = await database.as(SERVICE).rows<Sought>(
    sql`SELECT name, date_of_birth::text AS "dateOfBirth", postcode FROM person_name WHERE position = 0
     ORDER BY md5(referral_id::text) LIMIT 100`,
  );
  let asked = 0;
  const searching = (criteria: (who: Sought) => Partial<SearchCriteria>) =>
    timed(() => search.execute({ ...NOTHING_KNOWN, ...criteria(sought[asked++ % sought.length]!) }, by));
  const times = {
    page: await timed(page),
    take: await timed(() => next.execute(by, randomUUID())),
    name: await searching(({ name }) => ({ name: name.slice(0, 3) + name.slice(4) })),
    birth: await searching(({ name, dateOfBirth }) => ({ name: name.split(' ')[0]!, dateOfBirth })),
    postcode: await searching(({ postcode }) => ({ postcode })),
  };
  await cases.close();
  await hub.close();
  return times;
}

interface Sought {
  readonly name: string;
  readonly dateOfBirth: string;
  readonly postcode: string;
}

const NOTHING_KNOWN: SearchCriteria = {
  name: '', dateOfBirth: '', nhsNumber: '', upn: '', reference: '', postcode: '', agency: '',
}; // prettier-ignore

async function timed(work: () => Promise<unknown>): Promise<number[]> {
  for (let warm = 0; warm < 10; warm++) await work();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

/** Copies of three referrals that were really submitted, one of each rating, spread over the last months. */
async function fill({ database, agencyId, url }: FreshDatabase, { open, closed }: typeof SMALL): Promise<void> {
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
