import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgencyCredentials, Staff } from '#access';
import type { SubmittedReferral } from '#domain';
import { SubmitReferral } from '#intake';
import { createDataSource, Database, migrate, Policies } from '#store';
import pg from 'pg';
import { MIGRATIONS } from '../migrations/index.ts';
import { startEmbeddedPostgres } from '../scripts/demonstration/embedded-postgres.ts';
import { benchAccept } from './accept.ts';
import { benchLateness } from './lateness.ts';

const DEADLINES = 1_000;
const BY_THE_BENCH = { kind: 'service' } as const;

const dataDir = mkdtempSync(join(tmpdir(), 'mash-bench-'));
const postgres = await startEmbeddedPostgres({
  dataDir,
  port: 3912,
  settings: ['track_commit_timestamp=on', 'max_connections=200'],
});
try {
  print(
    `${cpus().length} cores of ${cpus()[0]!.model}, Node ${process.versions.node}, PostgreSQL with fsync and synchronous_commit on`,
  );
  const { body } = JSON.parse(readFileSync('scripts/scenarios/25-seventh-missing-episode.json', 'utf8')) as {
    body: SubmittedReferral;
  };

  const accept = await freshDatabase('accept');
  await accept.database.rows('CREATE TABLE bench_bare (id uuid PRIMARY KEY, body jsonb NOT NULL)');
  print(await benchAccept(accept.url, accept.token, JSON.stringify(body)));
  await accept.close();

  const late = await freshDatabase('lateness');
  const submit = new SubmitReferral(late.database, new Policies(late.database), { nudge: () => undefined });
  for (let made = 0; made < DEADLINES; made++) {
    await submit.execute({ agencyId: late.agencyId, idempotencyKey: randomUUID(), referral: body });
  }
  await late.database.rows('UPDATE job SET completed_at = mash.now()');
  print(await benchLateness(late.url, late.database, DEADLINES));
  await late.close();
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);

async function freshDatabase(name: string) {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = postgres.url(name);
  const source = await createDataSource({ url, pool: 8, app: 'bench', migrations: MIGRATIONS }).initialize();
  await migrate(source);
  const database = new Database(source.manager);
  const agency = { name: 'Bench', kind: 'police', sourceCode: '6' };
  const { agencyId, token } = await new AgencyCredentials(database).addAgency(agency, BY_THE_BENCH);
  const person = { subject: 'bench', name: 'Bench', email: 'bench@hub.example.org', role: 'manager' } as const;
  await new Staff(database).add({ ...person, alertGroups: ['duty_team', 'last_resort'] }, BY_THE_BENCH);
  return { url, database, agencyId, token, close: () => source.destroy() };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
