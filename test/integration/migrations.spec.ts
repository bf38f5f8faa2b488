import { SearchReferrals } from '#referrals';
import { createDataSource, Database } from '#store';
import { NO_FILTERS, ReadQueue } from '#work';
import { migrate } from '../../migrations/migrate.ts';
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
      expect(up).toHaveLength(38);
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

it('the migration to alerting keeps what waits to be fired and to be sent', async () => {
  const { url, drop } = await createEmptyDatabase();
  const options = { url, pool: 2, app: 'test' };
  const before = await createDataSource({ ...options, migrations: MIGRATIONS.slice(0, 1) }).initialize();
  await migrate(before);
  const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
  await before.query(`
    INSERT INTO agency VALUES ('${id(1)}', 'School', 'school', '2A', now());
    INSERT INTO staff_member VALUES ('${id(2)}', 's', 'Jo', 'jo@hub.example.org', 'manager', '{last_resort}', true, now());
    INSERT INTO referral VALUES ('${id(3)}', 'MASH-AAAA-AAAA', '${id(1)}', 'awaiting_decision', 1, 'red', 1, false, '{}',
      '2026-11-23T10:00Z', '2026-11-23T14:00Z', '2026-11-25T00:00Z', NULL, NULL, NULL, NULL, NULL, now());
    INSERT INTO deadline VALUES ('${id(4)}', '${id(3)}', 'decision', 1, 'red', 1, '2026-11-23T14:00Z', 'open', NULL,
      '2026-11-23T11:00Z', now(), 1, 1);
    INSERT INTO deadline_step VALUES ('${id(5)}', '${id(4)}', 0, 0, '2026-11-23T10:30Z', true, '{duty_team}', 'fired'),
      ('${id(6)}', '${id(4)}', 1, 0, '2026-11-23T10:45Z', false, '{practice_manager}', 'waiting'),
      ('${id(7)}', '${id(4)}', 2, 0, '2026-11-23T12:00Z', false, '{service_manager}', 'waiting');
    INSERT INTO alert VALUES ('${id(5)}', '${id(4)}', '${id(3)}', 'red', '2026-11-23T14:00Z', '2026-11-23T10:30Z',
      '2026-11-23T10:30Z', '{duty_team}');
    INSERT INTO delivery VALUES ('${id(8)}', '${id(5)}', 'email', '${id(2)}', 'queued', NULL);
    INSERT INTO job VALUES ('${id(9)}', 'send-alert', '{}', 1, now(), now());`);
  await before.destroy();
  const source = await createDataSource({ ...options, migrations: MIGRATIONS }).initialize();
  try {
    await migrate(source);
    const steps = await source.query<{ at: Temporal.Instant }[]>(
      `SELECT fire_at AS at, urgency, ladder FROM deadline_step WHERE state = 'waiting' ORDER BY position`,
    );
    expect(steps.map(({ at }) => at.toString())).toEqual(['2026-11-23T11:00:00Z', '2026-11-23T12:00:00Z']);
    expect(steps[0]).toMatchObject({ urgency: 1, ladder: [{ channels: ['email'], afterMinutes: 0 }] });
    const [delivery] = await source.query<{ at: Temporal.Instant }[]>(
      `SELECT state, urgency, next_attempt_at AS at FROM delivery`,
    );
    expect(delivery).toMatchObject({ state: 'queued', urgency: 1 });
    expect(delivery!.at.toString()).toBe('2026-11-23T10:30:00Z');
    expect(await source.query('SELECT 1 FROM job WHERE completed_at IS NULL')).toEqual([]);
    await source.undoLastMigration();
    expect(await source.query(`SELECT count(*)::int AS n FROM deadline_step`)).toEqual([{ n: 3 }]);
  } finally {
    await source.destroy();
    await drop();
  }
});

it('the migrations to the console keep who holds what, and whoever was referred before is found', async () => {
  const { url, drop } = await createEmptyDatabase();
  const options = { url, pool: 2, app: 'test' };
  const before = await createDataSource({ ...options, migrations: MIGRATIONS.slice(0, 2) }).initialize();
  await migrate(before);
  const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
  const child = { firstName: 'Zoë', lastName: 'Marsden', dateOfBirth: '2020-02-03', address: { postcode: 'OL6 6DL' } };
  const submitted = { concern: { types: ['neglect'], summary: 'As before.' } };
  await before.query(
    `INSERT INTO agency (id, name, kind, source_code, created_at) VALUES ('${id(1)}', 'School', 'school', '2A', now())`,
  );
  await before.query(
    `INSERT INTO staff_member (id, subject, name, email, role, alert_groups, is_active, created_at)
     VALUES ('${id(2)}', 's', 'Jo', 'jo@hub.example.org', 'manager', '{last_resort}', true, now())`,
  );
  await before.query(
    `INSERT INTO referral (id, reference, agency_id, status, version, rating, urgency, immediate_danger, submitted, received_at,
       decision_due_at, statutory_due_at, claimed_by, claimed_at, last_changed_at)
     VALUES ('${id(3)}', 'MASH-AAAA-AAAA', '${id(1)}', 'awaiting_decision', 1, 'red', 1, false, $1, now(), now(), now(),
       '${id(2)}', now(), now())`,
    [submitted],
  );
  await before.query(`INSERT INTO referral_child VALUES ('${id(3)}', 0, $1, NULL, NULL, 'zoemarsden', '2020-02-03')`, [
    child,
  ]);
  await before.destroy();
  const source = await createDataSource({ ...options, migrations: MIGRATIONS }).initialize();
  try {
    await migrate(source);
    const by = { kind: 'staff', id: id(2), name: 'Jo', role: 'manager' } as const;
    const database = new Database(source.manager);
    const filters = { ...NO_FILTERS, concern: 'neglect' } as const;
    const { lines } = await new ReadQueue(database).execute({
      ...{ view: 'mine', filters, order: 'urgency', after: null, timeZone: 'Europe/London', by },
    });
    expect(lines).toMatchObject([{ reference: 'MASH-AAAA-AAAA', holder: 'Jo', child: 'Zoë Marsden' }]);
    const sought = { name: 'zoe marsdon', dateOfBirth: '2020-02-03', postcode: 'ol66dl', agency: id(1) };
    const { found } = await new SearchReferrals(database).execute(
      { nhsNumber: '', upn: '', reference: '', ...sought },
      by,
    );
    expect(found).toMatchObject([{ reference: 'MASH-AAAA-AAAA', person: 'Zoë Marsden' }]);
  } finally {
    await source.destroy();
    await drop();
  }
});

it('an absence for ever becomes one that the engine can read, before such are refused', async () => {
  const { url, drop } = await createEmptyDatabase();
  const options = { url, pool: 2, app: 'test' };
  const before = await createDataSource({ ...options, migrations: MIGRATIONS.slice(0, -1) }).initialize();
  await migrate(before);
  const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;
  await before.query(`
    INSERT INTO staff_member (id, subject, name, email, role, alert_groups, is_active, created_at)
      VALUES ('${id(1)}', 's', 'Jo', 'jo@hub.example.org', 'manager', '{last_resort}', true, now());
    INSERT INTO absence (id, staff_member_id, starts_at, ends_at) VALUES
      ('${id(2)}', '${id(1)}', '2026-12-01', '10000-01-01'), ('${id(3)}', '${id(1)}', '9998-01-01', '10000-01-01')`);
  await before.destroy();
  const source = await createDataSource({ ...options, migrations: MIGRATIONS }).initialize();
  try {
    await migrate(source);
    const kept = await source.query<unknown[]>("SELECT id, ends_at = '2101-01-01' AS fits FROM absence");
    expect(kept).toEqual([{ id: id(2), fits: true }]);
    const forEver = `INSERT INTO absence (id, staff_member_id, starts_at, ends_at)
      VALUES ('${id(4)}', '${id(1)}', '2026-12-01', '9999-12-31')`;
    await expect(source.query(forEver)).rejects.toThrow(/absence_readable/);
  } finally {
    await source.destroy();
    await drop();
  }
});
