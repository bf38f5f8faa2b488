import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ownFolder } from './own-folder.ts';
import { chooseDatabaseFolder, type KeptFolder } from './postgres-folders.ts';
import { mayEnter, type PostgresUser } from './postgres-user.ts';

/** In a data directory: the folder outside it that has its database. */
const NAMES_FOLDER = 'database-folder';
/** In such a folder: the data directory that it belongs to. */
const NAMES_OWNER = 'data-directory';

/**
 * Finds the folder of a demonstration's database, and makes one outside of the checkout when PostgreSQL's user may not
 * enter the data directory.
 *
 * @param dataDir a folder that is there
 * @param own where folders outside of the checkout are kept
 * @returns the absolute path of a folder, which may not be there yet
 * @throws Error when no folder can be made that PostgreSQL's user may enter
 */
export function databaseFolder(
  dataDir: string,
  user: PostgresUser | null,
  own = () => ownFolder((folder) => mayEnter(user, folder)),
): string {
  const inside = realpathSync(dataDir);
  const chosen = chooseDatabaseFolder(inside, keptFolder(inside), (folder) => mayEnter(user, folder));
  if (chosen === inside) return join(inside, 'postgres');
  const outside = chosen ?? newFolder(join(own(), `${nameOf(inside)}-`));
  writeFileSync(join(outside, NAMES_OWNER), inside, { mode: 0o600 });
  writeFileSync(join(inside, NAMES_FOLDER), outside);
  return join(outside, 'postgres');
}

function keptFolder(dataDir: string): KeptFolder | null {
  const folder = textOf(join(dataDir, NAMES_FOLDER));
  if (folder === null) return null;
  const owner = textOf(join(folder, NAMES_OWNER));
  return { folder, owner, ownerIsThere: owner !== null && textOf(join(owner, NAMES_FOLDER)) === folder };
}

/** PostgreSQL's user may pass through it, and see nothing in it but its own database. */
function newFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  chmodSync(folder, 0o711);
  return folder;
}

/** The name of the checkout, for people who look at the folder: the data directory is called `.local` in most. */
function nameOf(dataDir: string): string {
  const name = basename(dataDir).startsWith('.') ? basename(dirname(dataDir)) : basename(dataDir);
  return name.replaceAll(/[^A-Za-z0-9]+/g, '-') || 'data';
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
