import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPort } from './own-port.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';

/**
 * Starts one PostgreSQL for the whole run, with durability off, and says where it is by an environment variable that
 * every test process inherits. Each test file makes its own database from a migrated template.
 */
export default async function startPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL'] !== undefined) return;
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-test-postgres-'));
  const port = await ownPort();
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
