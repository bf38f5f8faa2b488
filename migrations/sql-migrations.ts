import { readdirSync, readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EnduringClient } from '#store';

type MigrationClass = new () => MigrationInterface;

/** `0010-sent-form.up.sql` brings a change, `0010-sent-form.down.sql` takes it back. */
const FILE = /^((\d{4})-[a-z0-9-]+)\.(up|down)\.sql$/;

/**
 * TypeORM orders migrations by the 13 digits at the end of their names. The files come after the migrations that are
 * written in TypeScript, in the order of the files' numbers.
 */
const AFTER_TYPESCRIPT = 1_770_000_000_000;

/**
 * The migrations that a folder holds as pairs of SQL files, as classes for TypeORM's migration runner.
 *
 * @returns the migrations in the order of their numbers
 * @throws Error when the folder has none, when a file is named otherwise, when its pair is missing, or when two pairs
 * have the same number
 */
export function sqlMigrations(folder: URL): readonly MigrationClass[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql') && file !== 'schema.sql');
  if (files.length === 0) throw new Error('migrations/*.sql are missing: build again');
  const numbers = new Map<string, string>();
  for (const file of files.toSorted()) {
    const [, pair, number, way] = FILE.exec(file) ?? [];
    if (pair === undefined || number === undefined) {
      throw new Error(`migrations/${file} must be named NNNN-name.up.sql or NNNN-name.down.sql`);
    }
    const other = `${pair}.${way === 'up' ? 'down' : 'up'}.sql`;
    if (!files.includes(other)) throw new Error(`migrations/${file} needs ${other} beside it`);
    if ((numbers.get(number) ?? pair) !== pair) throw new Error(`two migrations have the number ${number}`);
    numbers.set(number, pair);
  }
  return [...numbers].map(([number, pair]) => sqlMigration(folder, pair, AFTER_TYPESCRIPT + Number(number)));
}

function sqlMigration(folder: URL, pair: string, timestamp: number): MigrationClass {
  const run = async (runner: QueryRunner, way: 'up' | 'down') => {
    // A migration may take longer than a request: the tables of a hub grow for years.
    await runner.query('SET LOCAL statement_timeout = 0');
    const change = () => runner.query(readFileSync(new URL(`${pair}.${way}.sql`, folder), 'utf8'));
    const client: unknown = await runner.connect();
    // Nor is the connection cut off for want of an answer.
    await (client instanceof EnduringClient ? client.waitingFor(change) : change());
  };
  return class implements MigrationInterface {
    /** TypeORM records the migration under this name. */
    readonly name = `${pair}-${timestamp}`;
    up = (runner: QueryRunner) => run(runner, 'up');
    down = (runner: QueryRunner) => run(runner, 'down');
  };
}
