import type { DataSource } from 'typeorm';
import { VerifyRecord } from '#audit';
import { createDataSource, Database, SERVICE } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

const CHAINED = MIGRATIONS.findIndex((one) => new one().name?.startsWith('0052-'));
const BY_MONTH = MIGRATIONS.findIndex((one) => new one().name?.startsWith('0028-'));

let empty: { url: string; drop: () => Promise<void> };
const opened: DataSource[] = [];
beforeEach(async () => {
  empty = await createEmptyDatabase();
});
afterEach(async () => {
  for (const source of opened.splice(0)) await source.destroy();
  await empty.drop();
});

async function migratedTo(count: number): Promise<DataSource> {
  const options = { url: empty.url, pool: 2, app: 'test', migrations: MIGRATIONS.slice(0, count) };
  const source = await createDataSource(options).initialize();
  opened.push(source);
  await migrate(source);
  return source;
}

/** Two years and more of entries, of every kind of actor, some at the very edge of a month. */
const ENTRIES = `
  INSERT INTO audit_entry (id, at, actor_kind, actor_id, act, referral_id, details, request_id)
  SELECT gen_random_uuid(), '2024-08-01T00:00Z'::timestamptz + make_interval(days => n / 4) - make_interval(secs => n % 2 * 0.001),
    kind, CASE WHEN kind <> 'service' THEN gen_random_uuid() END, 'act.' || n % 5,
    CASE WHEN n % 3 = 0 THEN gen_random_uuid() END, jsonb_build_object('n', n, 'words', 'é "’'), CASE WHEN n % 4 = 0 THEN 'r' || n END
  FROM generate_series(1, 3000) n, LATERAL (SELECT (ARRAY['agency', 'staff', 'service'])[n % 3 + 1] AS kind) k`;

const entries = (source: DataSource) => source.query<object[]>('SELECT * FROM audit_entry ORDER BY at, id');

const places = async (source: DataSource) => {
  const found = await source.query<{ place: string }[]>(
    'SELECT DISTINCT tableoid::regclass::text AS place FROM audit_entry ORDER BY 1',
  );
  return found.map(({ place }) => place);
};

it('the migration to the record by month moves every entry into its month, and takes it back as it was', async () => {
  const before = await migratedTo(BY_MONTH);
  await before.query(ENTRIES);
  const old = await entries(before);
  expect(old).toHaveLength(3000);
  const source = await migratedTo(BY_MONTH + 1);
  expect(await entries(source)).toEqual(old);
  const months = await places(source);
  expect(months).toEqual(expect.arrayContaining(['audit.entry_2024_07', 'audit.entry_2024_08', 'audit.entry_2026_08']));
  expect(months).not.toContain('audit.entry_other');
  await source.undoLastMigration();
  expect(await entries(source)).toEqual(old);
  expect(await places(source)).toEqual(['audit_entry']);
  await expect(source.query('DELETE FROM audit_entry')).rejects.toThrow('audit_entry is append-only');
});

const ONE = '(SELECT id FROM public.audit_entry LIMIT 1)';
it.each([
  ['is lost', `DELETE FROM public.audit_entry WHERE id = ${ONE}`],
  [
    'comes twice',
    `INSERT INTO public.audit_entry (id, at, actor_kind, act, details)
    VALUES (gen_random_uuid(), now(), 'service', 'act', '{}')`,
  ],
  ['is another', `UPDATE public.audit_entry SET act = act || '.' WHERE id = ${ONE}`],
])('the migration to the record by month fails, and leaves the record, when an entry %s', async (_, harm) => {
  const before = await migratedTo(BY_MONTH);
  await before.query(ENTRIES);
  const old = await entries(before);
  // As a fault of the migration itself would: after the entries were copied. The act's index is the last that is made.
  await before.query(`
    CREATE FUNCTION public.harm() RETURNS event_trigger LANGUAGE plpgsql SET session_replication_role = replica AS $$
      BEGIN
        IF to_regclass('public.audit_entry_act_idx') IS NOT NULL THEN ${harm}; END IF;
      END $$;
    CREATE EVENT TRIGGER harm ON ddl_command_end WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION public.harm()`);
  await expect(migratedTo(BY_MONTH + 1)).rejects.toThrow(/the record by month differs from the record/);
  const source = opened.at(-1)!;
  expect(await entries(source)).toEqual(old);
  expect(await places(source)).toEqual(['audit_entry']);
});

it('the migration to the record by month keeps what other roles may do with the record', async () => {
  const before = await migratedTo(BY_MONTH);
  const role = `reader_${process.pid}_${Date.now()}`;
  await before.query(`CREATE ROLE ${role}; GRANT SELECT ON audit_entry TO ${role}`);
  try {
    const source = await migratedTo(BY_MONTH + 1);
    const mayRead = async () => {
      const [found] = await source.query<{ reads: boolean; writes: boolean }[]>(`
        SELECT has_table_privilege('${role}', 'audit_entry', 'SELECT') AS reads,
          has_table_privilege('${role}', 'audit_entry', 'INSERT') AS writes`);
      return found;
    };
    expect(await mayRead()).toEqual({ reads: true, writes: false });
    await source.undoLastMigration();
    expect(await mayRead()).toEqual({ reads: true, writes: false });
  } finally {
    await before.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

it('the migration to the chain gives every entry of before its place, in the order of their instants, and takes it back', async () => {
  const before = await migratedTo(CHAINED);
  await before.query(ENTRIES);
  const old = await entries(before);
  const source = await migratedTo(CHAINED + 1);
  const service = new Database(source.manager).as(SERVICE);
  const verify = () => service.transaction((tx) => new VerifyRecord().execute(tx));
  expect(await verify()).toMatchObject({ holds: true, entries: 3000 });
  const chained = await source.query<{ id: string }[]>('SELECT id FROM audit_entry WHERE lane = 0 ORDER BY lane_seq');
  expect(chained.map(({ id }) => id)).toEqual((old as { id: string }[]).map(({ id }) => id));
  await source.query(`INSERT INTO audit_entry (id, at, actor_kind, act, details)
    VALUES (gen_random_uuid(), now(), 'service', 'act', '{}')`);
  expect(await verify()).toMatchObject({ holds: true, entries: 3001 });
  await expect(source.query('UPDATE audit_entry SET act = act')).rejects.toThrow('audit_entry is append-only');
  await source.undoLastMigration();
  expect((await entries(source)).slice(0, 3000)).toEqual(old);
});
