import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tests that run side by side install one after the other. */
const LOCK = join(tmpdir(), 'mash-apt.lock');
const INSTALL = 'dpkg -s "$0" || { apt-get update -q && apt-get install -yq "$0"; }';

const tried = new Set<string>();

/**
 * Finds a program, and installs its package of Debian when it is missing and this process is root's.
 *
 * @param find looks for the program; returns null when it is not there
 * @param name the name of the package
 * @returns what `find` returns at the end; null where the package cannot be installed
 */
export function findOrInstall(find: () => string | null, name: string): string | null {
  const found = find();
  if (found !== null || process.getuid?.() !== 0 || tried.has(name)) return found;
  tried.add(name);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('flock', [LOCK, 'sh', '-c', INSTALL, name], { stdio: 'ignore', env: environment });
  return find();
}
