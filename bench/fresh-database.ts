import { readFileSync } from 'node:fs';
import { Staff } from '#access';
import type { SubmittedReferral } from '#domain';
import { addDemonstrationAgency } from '../scripts/demonstration/demonstration-agency.ts';
import { createDataSource, Database } from '#store';
import pg from 'pg';
import { migrate } from '../migrations/migrate.ts';
import { MIGRATIONS } from '../migrations/index.ts';
import type { RunningPostgres } from '../scripts/demonstration/embedded-postgres.ts';

const BY_THE_BENCH = { kind: 'service' } as const;

/** A migrated database of its own for one measurement, with one agency and one person who answers for everything. */
export interface FreshDatabase {
  readonly url: string;
  readonly database: Database;
  readonly agencyId: string;
  readonly token: string;
  close(): Promise<void>;
}

export async function freshDatabase(postgres: RunningPostgres, name: string): Promise<FreshDatabase> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = postgres.url(name);
  const source = await createDataSource({ url, pool: 8, app: 'bench', migrations: MIGRATIONS }).initialize();
  await migrate(source);
  const database = new Database(source.manager);
  const agency = { name: 'Bench', kind: 'police', sourceCode: '6' };
  const { agencyId, token } = await addDemonstrationAgency(database, agency);
  const person = {
    subject: 'bench',
    name: 'Bench',
    email: 'bench@hub.example.org',
    phone: '07700 900000',
    role: 'manager',
  } as const;
  await new Staff(database).add({ ...person, alertGroups: ['duty_team', 'last_resort'] }, BY_THE_BENCH);
  return { url, database, agencyId, token, close: () => source.destroy() };
}

/** What an agency submits, by the name of its scenario. */
export function scenarioBody(name: string): SubmittedReferral {
  return (JSON.parse(readFileSync(`scripts/scenarios/${name}.json`, 'utf8')) as { body: SubmittedReferral }).body;
}
