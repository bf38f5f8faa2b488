import type { DataSource } from 'typeorm';
import { Policies, ReadVersions } from '#deadlines';
import { DEFAULT_CALENDAR, DEFAULT_DECISION_RULES, DEFAULT_POLICY } from '#domain';
import { createDataSource, Database } from '#store';
import { MIGRATIONS } from '../../migrations/index.ts';
import { migrate } from '../../migrations/migrate.ts';
import { createEmptyDatabase } from '../support/test-database.ts';

let empty: { url: string; drop: () => Promise<void> };
const opened: DataSource[] = [];
beforeEach(async () => void (empty = await createEmptyDatabase()));
afterEach(async () => {
  for (const source of opened.splice(0)) await source.destroy();
  await empty.drop();
});

const OURS = MIGRATIONS.findIndex((migration) => new migration().name?.startsWith('0014-') ?? false);

async function open(count: number): Promise<DataSource> {
  const options = { url: empty.url, pool: 2, app: 'test', migrations: MIGRATIONS.slice(0, count) };
  const source = await createDataSource(options).initialize();
  opened.push(source);
  return source;
}

const { signOff: _, pauseWhen: __, contradictions: ___, ...OLDER } = DEFAULT_POLICY;
const anOlderPolicy = (greenDays: number) => ({
  ...OLDER,
  ratings: { ...OLDER.ratings, green: { ...OLDER.ratings.green, decisionDue: { workingDays: greenDays } } },
});

/** A hub of before: it has published a version 2, and a version 3 that is to hold from a day ahead. */
async function anOlderHub(): Promise<void> {
  const before = await open(OURS);
  await before.runMigrations();
  const policies = [1, 2, 3].map((days) => `'${JSON.stringify(anOlderPolicy(days))}'`);
  await before.query(`INSERT INTO policy_version (version, policy, effective_from) VALUES
    (1, ${policies[0]}, to_timestamp(0)), (2, ${policies[1]}, now() - interval '1 day'),
    (3, ${policies[2]}, now() + interval '7 days')`);
  const calendar = JSON.stringify(DEFAULT_CALENDAR);
  await before.query(
    `INSERT INTO calendar_version (version, calendar, effective_from) VALUES (1, '${calendar}', to_timestamp(0))`,
  );
}

const versions = (source: DataSource) =>
  source.query<{ version: number; days: number; hasRules: boolean; isAhead: boolean }[]>(`
    SELECT version, (policy #>> '{ratings,green,decisionDue,workingDays}')::int AS days, policy ? 'pauseWhen' AS "hasRules",
      effective_from > now() AS "isAhead" FROM policy_version ORDER BY version`);

describe('the migration to rules about decisions as data', () => {
  it('publishes the version in force and each version ahead once more, with the rules that the service ships with', async () => {
    await anOlderHub();
    const source = await open(MIGRATIONS.length);
    await migrate(source);
    expect(await versions(source)).toEqual([
      { version: 1, days: 1, hasRules: false, isAhead: false },
      { version: 2, days: 2, hasRules: false, isAhead: false },
      { version: 3, days: 3, hasRules: false, isAhead: true },
      { version: 4, days: 2, hasRules: true, isAhead: false },
      { version: 5, days: 3, hasRules: true, isAhead: true },
    ]);
    const inForce = await new Policies(new Database(source.manager)).inForce();
    expect(inForce).toMatchObject({
      policyVersion: 4,
      policy: { ...anOlderPolicy(2), ...DEFAULT_DECISION_RULES },
    });
  });

  it('takes back the versions that it published, and publishes them again when it is done again', async () => {
    await anOlderHub();
    const source = await open(MIGRATIONS.length);
    await migrate(source);
    for (let count = MIGRATIONS.length; count > OURS; count--) await source.undoLastMigration();
    expect((await versions(source)).map(({ version }) => version)).toEqual([1, 2, 3]);
    await expect(source.query('DELETE FROM policy_version')).rejects.toThrow('append-only');
    await migrate(source);
    expect(await versions(source)).toHaveLength(5);
  });

  it('leaves a new hub with one version, which has the rules', async () => {
    const source = await open(MIGRATIONS.length);
    await migrate(source);
    expect(await versions(source)).toEqual([{ version: 1, days: 3, hasRules: true, isAhead: false }]);
  });

  it('lets a version of before be read as what the service did then', async () => {
    await anOlderHub();
    const source = await open(MIGRATIONS.length);
    await migrate(source);
    const reader = { kind: 'staff', id: '01900000-0000-7000-8000-000000000001', name: 'Jo', role: 'manager' } as const;
    const page = await new ReadVersions(new Database(source.manager)).policy(reader);
    expect(page.versions.find(({ version }) => version === 1)!.data).toMatchObject({
      pauseWhen: ['re_referral_within_12_months', 'third_contact_within_12_months', 'child_under_one_or_unborn'],
      contradictions: [],
    });
  });
});
