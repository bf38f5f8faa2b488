import type { DataSource } from 'typeorm';
import { installDefaultPolicy } from '#deadlines';
import { Database, LOCKS, SERVICE } from '#store';

/** Brings a database to the shape that this release needs, and gives a new one the shipped policy. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [LOCKS.migration]);
    await dataSource.runMigrations();
    await new Database(dataSource.manager).as(SERVICE).transaction(installDefaultPolicy);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [LOCKS.migration]).catch(() => undefined);
    await runner.release();
  }
}
