import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { SearchReferrals } from '#referrals';
import { createDataSource, Database, EnduringClient } from '#store';
import { NO_FILTERS, ReadQueue } from '#work';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS, TYPESCRIPT_MIGRATIONS } from '../../migrations/index.ts';
import { sqlMigrations } from '../../migrations/sql-migrations.ts';
import { describeSchema } from '../../scripts/schema/describe-schema.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

let empty: { url: string; drop: () => Promise<void> };
const opened: DataSource[] = [];
beforeEach(async () => {
  empty = await createEmptyDatabase();
});
afterEach(async () => {
  for (const source of opened.splice(0)) await source.destroy();
  await empty.drop();
});

/** The test's database, with the first migrations of the given number; with all of them when no number is given. */
async function migrated(count = MIGRATIONS.length): Promise<DataSource> {
  const options = { url: empty.url, pool: 2, app: 'test', migrations: MIGRATIONS.slice(0, count) };
  const source = await createDataSource(options).initialize();
  opened.push(source);
  await migrate(source);
  return source;
}

async function schema(): Promise<string> {
  const client = new pg.Client({ connectionString: empty.url });
  await client.connect();
  try {
    return await describeSchema(client);
  } finally {
    await client.end();
  }
}

const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`;

describe('the migrations', () => {
  it('are taken back one by one, each to the schema before it', async () => {
    const schemas = [await schema()];
    for (let count = 1; count <= MIGRATIONS.length; count++) {
      await migrated(count);
      schemas.push(await schema());
    }
    const source = opened.at(-1)!;
    const last = schemas.pop();
    for (const before of schemas.toReversed()) {
      await source.undoLastMigration();
      expect(await schema()).toBe(before);
    }
    await migrate(source);
    expect(await schema()).toBe(last);
  });

  it('make the schema that migrations/schema.sql describes: "npm run schema" writes that file', async () => {
    await migrated();
    expect(readFileSync('migrations/schema.sql', 'utf8')).toBe(await schema());
  });

  it('leave no drift from the entities', async () => {
    const source = await migrated();
    // CHECK constraints are written in the migrations alone; everything else the entities say again.
    const checks = await source.query<{ name: string }[]>(
      "SELECT conname AS name FROM pg_constraint WHERE contype = 'c'",
    );
    const drift = (await source.driver.createSchemaBuilder().log()).upQueries
      .map(({ query }) => query)
      .filter((query) => !checks.some(({ name }) => query.endsWith(`DROP CONSTRAINT "${name}"`)));
    expect(drift).toEqual([]);
  });

  it('give every table a primary key, and no column a time without its zone', async () => {
    const source = await migrated();
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
  });
});

describe('the migrations in SQL files', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'mash-migrations-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));
  const folder = (...files: readonly string[]) => {
    for (const file of files) writeFileSync(join(path, file), 'SELECT 1');
    return pathToFileURL(`${path}/`);
  };
  const pair = (name: string) => [`${name}.up.sql`, `${name}.down.sql`];

  it('come in the order of their numbers, after those in TypeScript', () => {
    const made = sqlMigrations(folder(...pair('0012-b'), ...pair('0011-c'), 'schema.sql', 'index.ts'));
    expect(made.map((one) => new one().name)).toEqual(['0011-c-1770000000011', '0012-b-1770000000012']);
    const timestamps = MIGRATIONS.map((one) => Number((new one().name ?? one.name).slice(-13)));
    expect(timestamps).toEqual(timestamps.toSorted());
  });

  it.each([
    ['a folder without any', ['index.ts'], 'migrations/*.sql are missing: build again'],
    ['a file of another name', [...pair('0011-a'), '12-b.up.sql'], '12-b.up.sql must be named'],
    ['a file without its pair', ['0011-a.up.sql'], '0011-a.up.sql needs 0011-a.down.sql'],
    ['two pairs of one number', [...pair('0011-a'), ...pair('0011-b')], 'two migrations have the number 0011'],
  ])('refuse %s', (_, files, reason) => {
    expect(() => sqlMigrations(folder(...files))).toThrow(reason);
  });
});

it('a migration may take longer than any other statement, as one over the record of years does', async () => {
  const path = mkdtempSync(join(tmpdir(), 'mash-migrations-'));
  writeFileSync(join(path, '0001-long.up.sql'), 'CREATE TABLE long AS SELECT 1 AS n FROM pg_sleep(1)');
  writeFileSync(join(path, '0001-long.down.sql'), 'DROP TABLE long');
  const limits = { Client: EnduringClient, statement_timeout: 100 };
  const migrations = [...sqlMigrations(pathToFileURL(`${path}/`))];
  const source = new DataSource({ type: 'postgres', url: empty.url, migrations, poolSize: 1, extra: limits });
  opened.push(await source.initialize());
  await source.runMigrations();
  expect(await source.query('SELECT count(*)::int AS rows FROM long')).toEqual([{ rows: 1 }]);
  // The limit holds again for the statements after it.
  await expect(source.query('SELECT pg_sleep(1)')).rejects.toThrow(/statement timeout/);
  rmSync(path, { recursive: true });
});

it('the migration to alerting keeps the steps that wait to be fired and the messages that wait to be sent', async () => {
  const before = await migrated(1);
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
  const source = await migrated();
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
});

it('the migrations to the console keep the holder of a referral, and the search finds the earlier referral', async () => {
  const before = await migrated(2);
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
  const source = await migrated();
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
});

it('the last migration in TypeScript shortens an absence for ever, and the database refuses another', async () => {
  const before = await migrated(TYPESCRIPT_MIGRATIONS.length - 1);
  await before.query(`
    INSERT INTO staff_member (id, subject, name, email, role, alert_groups, is_active, created_at)
      VALUES ('${id(1)}', 's', 'Jo', 'jo@hub.example.org', 'manager', '{last_resort}', true, now());
    INSERT INTO absence (id, staff_member_id, starts_at, ends_at) VALUES
      ('${id(2)}', '${id(1)}', '2026-12-01', '10000-01-01'), ('${id(3)}', '${id(1)}', '9998-01-01', '10000-01-01')`);
  const source = await migrated();
  const kept = await source.query<unknown[]>("SELECT id, ends_at = '2101-01-01' AS fits FROM absence");
  expect(kept).toEqual([{ id: id(2), fits: true }]);
  const forEver = `INSERT INTO absence (id, staff_member_id, starts_at, ends_at)
    VALUES ('${id(4)}', '${id(1)}', '2026-12-01', '9999-12-31')`;
  await expect(source.query(forEver)).rejects.toThrow(/absence_readable/);
});

describe('the migration to sent forms', () => {
  const [agency, jo, max, byApi, byTelephone] = [id(1), id(2), id(3), id(4), id(5)];
  const form = (letter: string) => `${letter.repeat(8)}-0000-4000-8000-000000000000`;

  beforeEach(async () => {
    const before = await migrated(TYPESCRIPT_MIGRATIONS.length);
    const referral = (its: string, reference: string, channel: string, takenBy: string | null) => `
      INSERT INTO referral (id, reference, agency_id, status, version, rating, urgency, immediate_danger, submitted,
        concern_types, received_at, decision_due_at, statutory_due_at, channel, taken_by, last_changed_at)
      VALUES ('${its}', '${reference}', '${agency}', 'awaiting_decision', 1, 'red', 1, false, '{}', '{}', now(), now(),
        now(), '${channel}', ${takenBy === null ? 'NULL' : `'${takenBy}'`}, now());`;
    await before.query(`
      INSERT INTO agency (id, name, kind, source_code, created_at) VALUES ('${agency}', 'School', 'school', '2A', now());
      INSERT INTO staff_member (id, subject, name, email, role, alert_groups, is_active, created_at) VALUES
        ('${jo}', 'jo', 'Jo', 'jo@hub.example.org', 'social_worker', '{}', true, now()),
        ('${max}', 'max', 'Max', 'max@hub.example.org', 'manager', '{last_resort}', true, now());
      ${referral(byApi, 'MASH-AAAA-AAAA', 'api', null)}
      ${referral(byTelephone, 'MASH-BBBB-BBBB', 'telephone', jo)}`);
    const audit = (at: string, by: string | null, act: string, details: object) => `
      INSERT INTO audit_entry (id, at, actor_kind, actor_id, act, referral_id, details) VALUES (gen_random_uuid(), '${at}',
        ${by === null ? `'service', NULL` : `'staff', '${by}'`}, '${act}', '${byApi}', '${JSON.stringify(details)}');`;
    const decision = (by: string, formId: string, at: string, reasons: string) => `
      INSERT INTO decision (id, referral_id, outcome, threshold_level, rationale, decided_by, decided_at, sign_off_reasons,
        form_id)
      VALUES (gen_random_uuid(), '${byApi}', 'early_help', 2, 'As agreed.', '${by}', '${at}', '${reasons}', ${formId});`;
    const key = (text: string, referral: string) => `
      INSERT INTO idempotency_key (agency_id, key, fingerprint, referral_id, answer, created_at)
      VALUES ('${agency}', '${text}', '\\xabcd', '${referral}', '{"status": "received"}', '2026-11-24T11:00Z');`;
    await before.query(`
      ${decision(jo, `'${form('a')}'`, '2026-11-24T10:00Z', '{no_further_action}')}
      ${decision(max, `'${form('a')}'`, '2026-11-24T09:00Z', '{}')}
      ${decision(jo, 'NULL', '2026-11-24T08:00Z', '{}')}
      ${audit('2026-11-24T10:00Z', jo, 'referral.decided', { formId: form('a') })}
      ${audit('2026-11-24T10:01Z', jo, 'referral.rated', { formId: form('b').toUpperCase() })}
      ${audit('2026-11-24T10:02Z', jo, 'referral.rated', { formId: form('b') })}
      ${audit('2026-11-24T10:03Z', max, 'decision.returned', { formId: form('c') })}
      ${audit('2026-11-24T10:04Z', max, 'decision.agreed', { formId: form('d') })}
      ${audit('2026-11-24T10:05Z', max, 'decision.agreed', { formId: 'of no form' })}
      ${audit('2026-11-24T10:06Z', max, 'decision.agreed', {})}
      ${audit('2026-11-24T10:07Z', null, 'referral.rated', { formId: form('e') })}
      ${audit('2026-11-24T10:08Z', id(9), 'referral.rated', { formId: form('e') })}
      ${audit('2026-11-24T10:09Z', jo, 'referral.read', { formId: form('e') })}
      ${key(form('e'), byApi)}
      ${key(form('f'), byTelephone)}
      INSERT INTO consultation (id, agency_id, caller, role, question, advice, outcome, given_by, given_at) VALUES
        ('${form('1')}', '${agency}', 'A head', 'head', 'May we?', 'You may.', 'advice_only', '${max}', '2026-11-24T12:00Z');`);
  });

  it('fills the table from the older records, each form once, as it was first sent', async () => {
    const source = await migrated();
    const rows = await source.query<unknown[]>(`
      SELECT id, sent_by, kind, encode(fingerprint, 'hex') AS fingerprint, answer, about,
        to_char(sent_at AT TIME ZONE 'UTC', 'HH24:MI') AS at FROM sent_form ORDER BY sent_at`);
    const unknown = { fingerprint: '', answer: null };
    expect(rows).toEqual([
      { id: form('a'), sent_by: max, kind: 'decision', ...unknown, answer: { signOff: [] }, about: byApi, at: '09:00' },
      { id: form('b'), sent_by: jo, kind: 'rating', ...unknown, about: byApi, at: '10:01' },
      { id: form('c'), sent_by: max, kind: 'sign-off', ...unknown, about: byApi, at: '10:03' },
      { id: form('d'), sent_by: max, kind: 'sign-off', ...unknown, about: byApi, at: '10:04' },
      {
        ...{ id: form('f'), sent_by: jo, kind: 'referral', about: byTelephone, at: '11:00' },
        ...{ fingerprint: 'abcd', answer: { status: 'received' } },
      },
      { id: form('1'), sent_by: max, kind: 'consultation', ...unknown, about: form('1'), at: '12:00' },
    ]);
  });

  it('refuses a change of a row, and lets an old row be deleted', async () => {
    const source = await migrated();
    await expect(source.query(`UPDATE sent_form SET kind = 'rating'`)).rejects.toThrow('sent_form is append-only');
    await source.query(`DELETE FROM sent_form WHERE sent_at < '2026-11-24T12:00Z'`);
    expect(await source.query('SELECT kind FROM sent_form')).toEqual([{ kind: 'consultation' }]);
  });
});
