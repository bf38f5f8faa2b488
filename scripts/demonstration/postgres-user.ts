import { execFileSync, spawnSync } from 'node:child_process';

/** The user that PostgreSQL runs as instead of root. */
export interface PostgresUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

/**
 * PostgreSQL refuses to run as root: there it runs as the user `postgres`, who is made when there is none.
 *
 * @returns null when this process is not root's: PostgreSQL runs as the same user
 * @throws Error when the user cannot be made
 */
export function postgresUser(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  const exists = spawnSync('id', [NAME], { stdio: 'ignore' }).status === 0;
  if (!exists) {
    execFileSync('groupadd', ['--force', '--system', NAME], { stdio: 'ignore' });
    execFileSync('useradd', ['--system', '--no-create-home', '-g', NAME, NAME], { stdio: 'ignore' });
  }
  const number = (option: string) => Number(execFileSync('id', [option, NAME], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

/** Whether a user may enter a folder, by trying it: modes, owners and access lists of all folders above it count. */
export function mayEnter(user: PostgresUser | null, folder: string): boolean {
  if (user === null) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
