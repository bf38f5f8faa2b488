import 'reflect-metadata';
import { openDataSource, Database, isDatabaseAway, SERVICE, sql } from '#store';
import { migrate } from '../../migrations/migrate.ts';
import { MIGRATIONS } from '../../migrations/index.ts';
import { readSandbox, writeSandbox, type Sandbox } from '../sandbox-file.ts';

/** What the start asks of this process. */
export interface ToPrepare {
  readonly dataDir: string;
  readonly sandbox: Sandbox;
}

/** What it answers: the sandbox with its agencies, or why the database could not be prepared. */
export type Prepared = { readonly sandbox: Sandbox } | { readonly whyNot: string };

/*
 * Process of its own, which ends: it migrates, and gives a database without agencies the demonstration's people and
 * history. So the start, which goes on, never loads what only this needs.
 */
process.once('disconnect', () => process.exit(1));
process.once(
  'message',
  (asked: ToPrepare) => void prepare(asked).then(answer, (error) => answer({ whyNot: whyNot(error) })),
);

function answer(prepared: Prepared): void {
  process.send!(prepared, () => process.exit(0));
}

async function prepare({ dataDir, sandbox }: ToPrepare): Promise<Prepared> {
  const { databaseUrl: url } = sandbox;
  const source = await openDataSource({ url, pool: 4, app: 'mash-start', migrations: MIGRATIONS });
  try {
    await migrate(source);
    const database = new Database(source.manager);
    const isNew = (await database.as(SERVICE).row(sql`SELECT 1 FROM agency LIMIT 1`)) === null;
    const agencies = isNew ? await makeHub(database) : (readSandbox(dataDir)?.agencies ?? []);
    const written = { ...sandbox, agencies };
    writeSandbox(dataDir, written);
    return { sandbox: written };
  } finally {
    await source.destroy();
  }
}

async function makeHub(database: Database) {
  process.stdout.write('Making a fictional hub…\n');
  const { playHistory } = await import('./history.ts');
  const { readScenarios } = await import('./scenario-files.ts');
  return playHistory(database, readScenarios());
}

function whyNot(error: unknown): string {
  if (isDatabaseAway(error))
    return 'PostgreSQL does not answer at DATABASE_URL: start it, or unset DATABASE_URL to use the embedded one.';
  return error instanceof Error ? error.message : String(error);
}
