import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { actsOfKind, actsOn, auditEntry, MakeRecordMonths, readRecord } from '#audit';
import { createDataSource, Database, SERVICE, sql, type Transaction } from '#store';
import { MIGRATIONS } from '../migrations/index.ts';
import { migrate } from '../migrations/migrate.ts';
import type { RunningPostgres } from '../scripts/demonstration/embedded-postgres.ts';
import { percentiles, percentilesInWords, print, whole } from './in-words.ts';

const ENTRIES = 1_000_000;
const MONTHS = 72;
const ROUNDS = 200;
const REFERRALS = 50_000;
const PEOPLE = 40;

/**
 * The record of six years, before and after it is kept by month: how long the migration takes, how large an entry is,
 * and how long it takes to write and to read.
 */
export async function benchRecord(postgres: RunningPostgres): Promise<void> {
  await alone(postgres.url('postgres'), 'CREATE DATABASE record');
  const url = postgres.url('record');
  const byMonth = MIGRATIONS.findIndex((one) => new one().name?.startsWith('0028-'));
  const before = await open(url, byMonth);
  await alone(url, makeEntries());
  await alone(url, 'VACUUM ANALYZE audit_entry');
  await measure('one table', before.database);
  await before.close();
  const begun = performance.now();
  const after = await open(url, MIGRATIONS.length);
  print(
    `${whole(ENTRIES)} entries moved into ${MONTHS} months in ${((performance.now() - begun) / 1_000).toFixed(1)} s`,
  );
  await new MakeRecordMonths(after.database).execute();
  await alone(url, 'VACUUM ANALYZE audit_entry');
  await measure('by month', after.database);
  await after.close();
}

async function open(url: string, migrations: number) {
  const options = { url, pool: 4, app: 'bench', migrations: MIGRATIONS.slice(0, migrations) };
  const source = await createDataSource(options).initialize();
  await migrate(source);
  return { database: new Database(source.manager), close: () => source.destroy() };
}

/** One statement on a connection of its own, without the limits of the service's. */
async function alone(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Entries of people, most of them readings, evenly over the months up to now. */
function makeEntries(): string {
  const acts = actsOfKind(null);
  return `
    INSERT INTO audit_entry (id, at, actor_kind, actor_id, act, referral_id, details, request_id)
    SELECT uuidv7(-age), now() - age, 'staff', md5('p' || n % ${PEOPLE})::uuid,
      ('{${acts.join(',')}}'::text[])[1 + (n * 7) % ${acts.length}], md5('r' || (n / ${ENTRIES / REFERRALS}))::uuid,
      jsonb_build_object('staffId', NULL, 'kind', 'opened', 'count', n % 50), gen_random_uuid()::text
    FROM generate_series(1, ${ENTRIES}) n,
      LATERAL (SELECT make_interval(secs => (${ENTRIES} - n) * ${(MONTHS * 30.4 * 86_400) / ENTRIES})) a (age)`;
}

async function measure(name: string, database: Database): Promise<void> {
  const service = database.as(SERVICE);
  const { bytes } = (await service.row<{ bytes: number }>(sql`
    SELECT pg_total_relation_size('audit_entry')
      + coalesce((SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
          WHERE inhparent = 'audit_entry'::regclass), 0)::int8 AS bytes`))!;
  print(`${name}: ${whole(bytes / ENTRIES)} bytes an entry with its indexes`);
  const now = await database.now();
  const ask = (days: number, staffId: string | null) => (tx: Transaction) =>
    readRecord(tx, {
      ...{ staffId, referralId: null, acts: actsOfKind(null), after: null, limit: 51 },
      ...{ from: now.subtract({ hours: 24 * days }), to: now },
    });
  const person = (await service.row<{ id: string }>(sql`SELECT md5('p1')::uuid AS id`))!.id;
  const latest = (await service.row<{ id: string }>(sql`SELECT md5('r' || ${REFERRALS - 1}::int)::uuid AS id`))!.id;
  const referral = { id: latest, receivedAt: now.subtract({ hours: 24 * 20 }) };
  const old = { ...referral, receivedAt: now.subtract({ hours: 24 * 30 * MONTHS }) };
  const reads: Readonly<Record<string, (tx: Transaction) => Promise<unknown>>> = {
    'a page of the record, 28 days, all people': ask(28, null),
    'a page of the record, 28 days, one person': ask(28, person),
    'a page of the record, six years, all people': ask(30 * MONTHS, null),
    'the acts on a referral of this month': (tx) => actsOn(tx, referral),
    'the acts on a referral of six years ago': (tx) => actsOn(tx, old),
    'writing one entry in one commit': (tx) => tx.insert(auditEntry(tx, 'queue.read', randomUUID(), { count: 1 })),
  };
  for (const [what, read] of Object.entries(reads)) {
    const times: number[] = [];
    for (let round = -10; round < ROUNDS; round++) {
      const begun = performance.now();
      await service.transaction(read);
      if (round >= 0) times.push(performance.now() - begun);
    }
    print(`${name}: ${what}: ${percentilesInWords(percentiles(times))}`);
  }
}
