import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';

/**
 * Starts one PostgreSQL for the whole run, with durability off, and says where it is by an environment variable that
 * every test process inherits. Each test file makes its own database from a migrated template.
 */
export default async function startPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-postgres-'));
  const port = await freePort();
  const postgres = await startEmbeddedPostgres({
    dataDir,
    port,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'],
  });
  process.env['TEST_POSTGRES_URL'] = postgres.url('postgres');
  (globalThis as { stopTestPostgres?: () => Promise<void> }).stopTestPostgres = async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
