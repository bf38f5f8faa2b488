import { createDataSource, migrate } from '#store';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

describe('the migrations', () => {
  it('go up, down and up again, and leave no drift from the entities', async () => {
    const { url, drop } = await createEmptyDatabase();
    const source = await createDataSource({ url, pool: 2, app: 'test', migrations: MIGRATIONS }).initialize();
    try {
      const ourTables = async () =>
        (
          await source.query<{ name: string }[]>(
            `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
           WHERE table_schema IN ('public', 'mash') AND table_name <> 'migrations'`,
          )
        )
          .map(({ name }) => name)
          .sort();
      await migrate(source);
      const up = await ourTables();
      expect(up).toHaveLength(30);
      for (let undone = 0; undone < MIGRATIONS.length; undone++) await source.undoLastMigration();
      expect(await ourTables()).toEqual([]);
      await migrate(source);
      expect(await ourTables()).toEqual(up);

      // CHECK constraints are written in the migrations alone; everything else the entities say again.
      const checks = await source.query<{ name: string }[]>(
        "SELECT conname AS name FROM pg_constraint WHERE contype = 'c'",
      );
      const drift = (await source.driver.createSchemaBuilder().log()).upQueries
        .map(({ query }) => query)
        .filter((query) => !checks.some(({ name }) => query.endsWith(`DROP CONSTRAINT "${name}"`)));
      expect(drift).toEqual([]);
    } finally {
      await source.destroy();
      await drop();
    }
  });

  it('give every table a primary key, and no column a time without its zone', async () => {
    const { url, drop } = await createEmptyDatabase();
    const source = await createDataSource({ url, pool: 2, app: 'test', migrations: MIGRATIONS }).initialize();
    try {
      await migrate(source);
      const tables = await source.query<{ name: string }[]>(`
        SELECT t.table_name AS name FROM information_schema.tables t
        WHERE t.table_schema = 'public' AND NOT EXISTS (
          SELECT 1 FROM information_schema.table_constraints c
          WHERE c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')`);
      expect(tables).toEqual([]);
      const columns = await source.query<{ name: string }[]>(`
        SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'`);
      expect(columns).toEqual([]);
    } finally {
      await source.destroy();
      await drop();
    }
  });
});
