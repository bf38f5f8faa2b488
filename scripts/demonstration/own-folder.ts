import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MayEnter } from './postgres-folders.ts';

const NAME = 'mash-triage';

/** In the order in which they are tried. What is in /var/lib survives a restart of the machine. */
const PARENTS = ['/var/lib', tmpdir()] as const;

/**
 * The folder outside of every checkout in which root keeps what PostgreSQL's user must be able to enter. It is root's,
 * and no other person may write in it: PostgreSQL runs programs from it.
 *
 * @throws Error when there is no such folder and none can be made
 */
export function ownFolder(mayEnter: MayEnter, parents: readonly string[] = PARENTS): string {
  const folders = parents.map((parent) => join(parent, NAME));
  const found = folders.find((folder) => isOurs(folder) && mayEnter(folder));
  if (found !== undefined) return found;
  throw new Error(
    `PostgreSQL's user may not enter this checkout, and ${folders.join(' or ')} cannot be a folder of root's for it: ` +
      `use a checkout that every user may enter.`,
  );
}

function isOurs(folder: string): boolean {
  try {
    makeFolder(folder);
    const { uid, mode } = lstatSync(folder);
    return lstatSync(folder).isDirectory() && uid === process.getuid?.() && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/** Makes a folder that every user may enter and only its owner may write in, under any umask. */
function makeFolder(folder: string): void {
  const umask = process.umask(0o022);
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    process.umask(umask);
  }
}
