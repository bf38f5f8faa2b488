import type { DataSource } from 'typeorm';
import { installDefaultPolicy } from '#deadlines';
import { Database } from '#store';

/** Any number that no other program locks by: one process at a time migrates. */
const MIGRATION_LOCK = 7_320_190_701;

/** Brings a database to the shape that this release needs, and gives a new one the shipped policy. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
    await new Database(dataSource.manager).transaction(installDefaultPolicy);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.release();
  }
}
