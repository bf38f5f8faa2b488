import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { openDataSource, Database } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';

const TEMPLATE = 'mash_template';

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly database: Database;
  drop(): Promise<void>;
}

/** A database of a test's own, copied from a template that the real migrations made. */
export async function createTestDatabase(): Promise<TestDatabase> {
  await makeTemplateOnce();
  const name = `mash_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = serverUrl(name);
  const dataSource = await openDataSource({ url, pool: 20, app: 'test', migrations: MIGRATIONS });
  return {
    url,
    dataSource,
    database: new Database(dataSource.manager),
    drop: async () => {
      await dataSource.destroy();
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** A database with nothing in it. */
export async function createEmptyDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `mash_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  return { url: serverUrl(name), drop: () => onServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Test files run in several processes: an advisory lock lets one of them make the template. */
async function makeTemplateOnce(): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(1)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (rowCount !== 0) return;
    await client.query(`CREATE DATABASE ${TEMPLATE}_making`);
    const source = await openDataSource({
      url: serverUrl(`${TEMPLATE}_making`),
      pool: 2,
      app: 'template',
      migrations: MIGRATIONS,
    });
    await migrate(source);
    await source.destroy();
    await client.query(`ALTER DATABASE ${TEMPLATE}_making RENAME TO ${TEMPLATE}`);
  } finally {
    await client.end();
  }
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function serverUrl(database: string): string {
  const url = new URL(process.env['TEST_POSTGRES_URL']!);
  url.pathname = `/${database}`;
  return url.toString();
}
