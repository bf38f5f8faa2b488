import type { DataSource } from 'typeorm';
import { createDataSource } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

const BEFORE = MIGRATIONS.findIndex((one) => new one().name?.startsWith('0053') === true);

let empty: { url: string; drop: () => Promise<void> };
const opened: DataSource[] = [];
beforeEach(async () => void (empty = await createEmptyDatabase()));
afterEach(async () => {
  for (const source of opened.splice(0)) await source.destroy();
  await empty.drop();
});

async function migrated(count: number): Promise<DataSource> {
  const options = { url: empty.url, pool: 2, app: 'test', migrations: MIGRATIONS.slice(0, count) };
  const source = await createDataSource(options).initialize();
  opened.push(source);
  await migrate(source);
  return source;
}

it('agencies that have one name, however it is written, are numbered from the second on, and no other is touched', async () => {
  const before = await migrated(BEFORE);
  const names = ['St Mary', 'ST. MARY', 'St  Máry', 'St Mary (2)', 'Larkspindle', '!!!', '!!!'];
  for (const [index, name] of names.entries()) {
    const id = `01900000-0000-7000-8000-00000000000${index}`;
    await before.query(
      `INSERT INTO agency (id, name, kind, source_code, created_at) VALUES ($1, $2, 'school', '2A', $3)`,
      [id, name, `2026-01-0${index + 1}T10:00Z`],
    );
  }
  const after = await migrated(BEFORE + 1);
  const rows = await after.query<{ name: string; folded: string }[]>(
    'SELECT name, folded_name AS folded FROM agency ORDER BY id',
  );
  expect(rows.map(({ name, folded }) => [name, folded])).toEqual([
    ['St Mary', 'st mary'],
    ['ST. MARY (2)', 'st mary 2'],
    ['St  Máry (3)', 'st mary 3'],
    ['St Mary (2) (2)', 'st mary 2 2'],
    ['Larkspindle', 'larkspindle'],
    ['!!!', '!!!'],
    ['!!! (2)', '2'],
  ]);
  await expect(
    after.query(`INSERT INTO agency (id, name, folded_name, kind, source_code, created_at)
      SELECT gen_random_uuid(), 'x', 'st mary', kind, source_code, created_at FROM agency LIMIT 1`),
  ).rejects.toThrow(/agency_folded_name_idx/);
});
