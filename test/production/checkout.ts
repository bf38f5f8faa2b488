import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Everything of a checkout that a start needs; `dist` so that it need not be built again. */
const COPIED = [
  'apps',
  'libs',
  'migrations',
  'scripts',
  'bench',
  'partners',
  'dist',
  'package.json',
  'package-lock.json',
  '.npmrc',
];
const CONFIGURATION = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.production.json', 'nest-cli.json'];

/** A checkout of a test's own, in a folder of mode 700 like root's own home in most containers. */
export interface Checkout {
  readonly folder: string;
  /** The folder of its database, after the first start. */
  databaseFolder(): string;
  remove(): void;
}

/** Makes it from this checkout, with the same packages: their files are linked, not copied. */
export function makeCheckout(): Checkout {
  mkdirSync('.local', { recursive: true });
  const top = realpathSync(mkdtempSync(join('.local', 'test-checkout-')));
  chmodSync(top, 0o700);
  const folder = join(top, 'checkout');
  mkdirSync(folder);
  for (const name of [...COPIED, ...CONFIGURATION]) {
    if (existsSync(name)) cpSync(name, join(folder, name), { recursive: true, preserveTimestamps: true });
  }
  execFileSync('cp', ['-al', 'node_modules', join(folder, 'node_modules')]);
  const named = join(folder, '.local/database-folder');
  return {
    folder,
    databaseFolder: () =>
      existsSync(named) ? join(readFileSync(named, 'utf8'), 'postgres') : join(folder, '.local/postgres'),
    remove: () => {
      if (existsSync(named)) rmSync(readFileSync(named, 'utf8'), { recursive: true, force: true });
      rmSync(top, { recursive: true, force: true });
    },
  };
}
