import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDataSource } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { startEmbeddedPostgres } from '../demonstration/embedded-postgres.ts';
import { freePort } from '../stand-ins/free-port.ts';
import { describeSchema } from './describe-schema.ts';

const FILE = join('migrations', 'schema.sql');

const given = process.env['TEST_POSTGRES_URL'];
if (given !== undefined) await writeSchema(given);
else {
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-schema-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir, port: await freePort(), settings: ['fsync=off'] });
  try {
    await writeSchema(postgres.url('postgres'));
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Migrates an empty database of a server, and writes the schema that it has then. */
async function writeSchema(server: string): Promise<void> {
  const name = `mash_schema_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await connected(server, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    const options = { url: url.toString(), pool: 2, app: 'mash-schema', migrations: MIGRATIONS };
    const source = await createDataSource(options).initialize();
    await migrate(source);
    await source.destroy();
    writeFileSync(FILE, await connected(url.toString(), describeSchema));
    process.stdout.write(`${FILE} is written.\n`);
  } finally {
    await connected(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  }
}

async function connected<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
