import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { startEmbeddedPostgres, type RunningPostgres } from '../../scripts/demonstration/embedded-postgres.ts';
import { startMailbox, type Mailbox } from '../../scripts/demonstration/mailbox.ts';
import { findOrInstall } from '../../scripts/stand-ins/debian-package.ts';
import { freePort } from '../../scripts/stand-ins/free-port.ts';
import { startRedis, type OwnRedis } from '../../scripts/stand-ins/redis-server.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { until } from '../support/until.ts';
import { Composed } from './compose.ts';
import { makeTree, type Tree } from './dockerfile.ts';

const PORTS = { api: 'API_PORT', console: 'CONSOLE_PORT', worker: 'WORKER_PORT', watchdog: 'WATCHDOG_PORT' } as const;
const APPS = Object.keys(PORTS) as (keyof typeof PORTS)[];

const top = mkdtempSync(join(tmpdir(), 'mash-test-production-'));
const databaseDir = mkdtempSync(join(tmpdir(), 'mash-test-debian-postgres-'));
const otherDatabaseDir = mkdtempSync(join(tmpdir(), 'mash-test-debian-postgres-'));
/** Outside of the database: its backups, and the checkpoints of its record with their keys. */
const outside = mkdtempSync(join(tmpdir(), 'mash-test-outside-'));
let tree: Tree;
let postgres: RunningPostgres;
let redis: OwnRedis;
let mailbox: Mailbox;
let here: Record<string, string>;
let composed: Composed;

beforeAll(async () => {
  tree = await makeTree(process.cwd(), top);
  postgres = await startDebianPostgres(databaseDir);
  redis = await neededRedis();
  mailbox = await startMailbox(0);
  here = {
    DATABASE_URL: ownersUrl(),
    REDIS_URL: redis.url,
    LISTEN_ADDRESS: '127.0.0.1',
    ...checkpointsOutside(),
    ...Object.fromEntries(await Promise.all(APPS.map(async (app) => [PORTS[app], String(await freePort())] as const))),
  };
  here['API_URL'] = urlOf('api');
  composed = new Composed(
    tree,
    {
      POSTGRES_PASSWORD: 'of the container',
      API_URL: 'https://api.example.org',
      CONSOLE_URL: 'https://console.example.org',
      SMTP_URL: mailbox.smtpUrl,
      MAIL_FROM: 'hub@example.org',
      COUNCIL_NAME: 'Loomshire Council',
      OIDC_ISSUER: 'https://sign-in.example.org',
      OIDC_CLIENT_ID: 'console',
      OIDC_CLIENT_SECRET: randomUUID(),
      SESSION_SECRET: randomUUID(),
    },
    here,
  );
}, 600_000);

afterAll(async () => {
  await composed?.stop();
  await mailbox?.close();
  await redis?.kill();
  await postgres?.stop();
  for (const folder of [top, databaseDir, otherDatabaseDir, outside]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const PASSWORD = "of the user's own";

/** @param dataDir an empty folder @returns a server as the one of docker-compose.yml is when it was first started */
async function startDebianPostgres(dataDir: string): Promise<RunningPostgres> {
  const settings = ['fsync=off', 'unix_socket_directories='];
  const programs = debianPostgres();
  const started = await startEmbeddedPostgres({ dataDir, port: await freePort(), settings, programs });
  await makeDatabase(started);
  return started;
}

/** What PostgreSQL's image does with the script of docker-compose.yml when it is first started. */
async function makeDatabase(server: RunningPostgres): Promise<void> {
  const [name, password] = ['of_the_image', randomUUID()];
  const as = (user: string, its: string) =>
    Object.assign(new URL(server.url('postgres')), { username: user, password: its }).toString();
  // The superuser of this test has the name that the service's user gets.
  await onDatabase(`CREATE ROLE ${name} SUPERUSER LOGIN PASSWORD '${password}'`, server.url('postgres'));
  await onDatabase('ALTER ROLE mash RENAME TO of_this_test', as(name, password));
  const { hostname, port } = new URL(server.url('postgres'));
  const made = spawnSync('sh', ['scripts/operating/make-database.sh'], {
    encoding: 'utf8',
    env: {
      ...{ PATH: `${debianPostgres()}/bin:${process.env['PATH']}`, PGHOST: hostname, PGPORT: port },
      ...{ PGPASSWORD: password, POSTGRES_USER: name, POSTGRES_PASSWORD: PASSWORD },
    },
  });
  if (made.status !== 0) throw new Error(made.stderr);
  await expect(onDatabase('SELECT 1', as(name, password))).rejects.toThrow('password authentication failed');
}

/** The address of the database as compose gives it to the service. */
function ownersUrl(server = postgres, database = 'mash'): string {
  const url = new URL(server.url(database));
  url.username = 'mash';
  url.password = encodeURIComponent(PASSWORD);
  return url.toString();
}

/** The settings of a worker that makes checkpoints of the record, outside of the database. */
function checkpointsOutside() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(outside, 'public.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  mkdirSync(join(outside, 'checkpoints'));
  return {
    RECORD_CHECKPOINT_DIR: join(outside, 'checkpoints'),
    RECORD_SIGNING_KEY: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}

/** @throws Error that says what to install: without Debian's PostgreSQL this test says nothing of production */
function debianPostgres(): string {
  const folder = '/usr/lib/postgresql';
  const newest = () => {
    const versions = existsSync(folder)
      ? readdirSync(folder)
          .map(Number)
          .toSorted((a, b) => a - b)
      : [];
    const found = versions.findLast((version) => existsSync(join(folder, String(version), 'bin/initdb')));
    return found === undefined ? null : join(folder, String(found));
  };
  const found = findOrInstall(newest, 'postgresql');
  if (found === null) throw new Error(`There is no PostgreSQL in ${folder}: install it (apt-get install postgresql).`);
  return found;
}

async function neededRedis(): Promise<OwnRedis> {
  const started = await startRedis(true);
  if (started === null) throw new Error('There is no redis-server: install it (apt-get install redis-server).');
  return started;
}

it('the image has what production runs, and nothing of the demonstration, the bench, the trial or the tests', () => {
  expect(readdirSync(tree.folder).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
  const dist = readdirSync(join(tree.folder, 'dist'), { recursive: true, encoding: 'utf8' });
  const tops = dist.filter((path) => !path.includes('/')).toSorted();
  expect(tops).toEqual(['apps', 'libs', 'migrations', 'partners', 'sbom.cdx.json', 'scripts']);
  expect(dist.filter((path) => /\.spec\.|(^|\/)(demonstration|stand-ins|trial|bench|test)(\/|$)/.test(path))).toEqual(
    [],
  );

  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const development = Object.keys(packages).filter((path) => packages[path]!.dev === true);
  expect(development).toEqual(expect.arrayContaining(['node_modules/oidc-provider', 'node_modules/smtp-server']));
  expect(development.filter((path) => existsSync(join(tree.folder, path)))).toEqual([]);
});

it('the image has a list of its packages, and has no package in another version than the list says', () => {
  const { components } = JSON.parse(readFileSync(join(tree.folder, 'dist/sbom.cdx.json'), 'utf8')) as {
    components: readonly { readonly name: string; readonly version: string }[];
  };
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const installed = globSync('**/node_modules/{*,@*/*}/package.json', { cwd: tree.folder })
    .map((file) => JSON.parse(readFileSync(join(tree.folder, file), 'utf8')) as { name?: string; version?: string })
    .map(({ name, version }) => `${name}@${version}`);
  expect(installed.filter((one) => one.startsWith('pg@'))).toHaveLength(1);
  expect(installed.filter((one) => !listed.has(one))).toEqual([]);
});

/** Of the referral that the hub has. */
let reference: string;

it("migrates, starts every app, takes a referral and does its jobs on Debian's PostgreSQL and Redis, as no superuser", async () => {
  await composed.run('migrate');
  const user = await onDatabase(
    `SELECT rolsuper OR rolbypassrls AS "isStrong" FROM pg_roles WHERE rolname = current_user`,
  );
  expect(user).toEqual({ isStrong: false });
  const { agency, client, staff } = commandsOfReadme();
  await composed.run('api', agency);
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keyFile = join(databaseDir, 'loomgate.pem');
  writeFileSync(keyFile, await exportSPKI(publicKey));
  const said = await composed.run(
    'api',
    client.map((part) => (part === '/loomgate.pem' ? keyFile : part)),
  );
  await composed.run('api', staff);
  for (const app of APPS) await composed.start(app);
  const [, id] = /iss and sub +(\S+)/.exec(said)!;
  const token = await tokenOf(id!, privateKey);

  const answer = await fetch(`${urlOf('api')}/api/v1/referrals`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(aBruisedBaby()),
  });
  expect(answer.status).toBe(201);
  ({ reference } = (await answer.json()) as { reference: string });
  const jobs = async (condition: string) =>
    Number((await onDatabase(`SELECT count(*) FROM job WHERE ${condition}`))['count']);
  await until(async () => (await jobs('completed_at IS NULL')) === 0);
  expect(await jobs('completed_at IS NOT NULL')).toBeGreaterThan(0);
  await until(() => Promise.resolve(mailbox.mails.some(({ text }) => text.includes(reference))));

  for (const app of APPS) {
    const ready = async () => (await fetch(`${urlOf(app)}/health/ready`)).status === 200;
    await until(ready);
  }
  const page = await (await fetch(`${urlOf('console')}/accessibility`)).text();
  expect(page).toContain('Loomshire Council');
}, 180_000);

describe('a backup', () => {
  const folder = join(outside, 'backups');
  const backups = () => readdirSync(folder).toSorted();
  beforeAll(() => mkdirSync(folder));
  afterEach(() => backups().forEach((name) => rmSync(join(folder, name))));

  it('of a hub at work is restored into a new server by a user that is no superuser, and its record is whole', async () => {
    const checkpoints = () => globSync('**/*.checkpoint', { cwd: join(outside, 'checkpoints') }).length;
    await until(() => Promise.resolve(checkpoints() > 0));
    expect(operate('back-up.sh')).toEqual({ status: 0, said: expect.stringContaining('Backed up: ') as string });
    const [name] = backups();
    expect(backups()).toEqual([expect.stringMatching(/^mash-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.dump$/)]);
    const backup = join(folder, name!);
    // Others of the machine do not read it.
    expect(statSync(backup).mode & 0o777).toBe(0o600);

    const other = await startDebianPostgres(otherDatabaseDir);
    try {
      const half = join(folder, 'half');
      writeFileSync(half, readFileSync(backup).subarray(0, -2_000));
      const failed = operate('restore.sh', [half], {}, other);
      expect(failed).toEqual({
        status: 1,
        said: expect.stringMatching(/NOT RESTORED: .* as empty as before/) as string,
      });
      const restored = operate('restore.sh', [backup], {}, other);
      expect(restored).toEqual({ status: 0, said: expect.stringContaining('Restored: ') as string });
      const url = ownersUrl(other);
      const is = await onDatabase(
        `SELECT reference, rolsuper AS "isStrong", set_config('role', 'mash_staff', true) AS role
         FROM referral, pg_roles WHERE rolname = current_user`,
        url,
      );
      expect(is).toEqual({ reference, isStrong: false, role: 'mash_staff' });
      const verified = verifyRecord(url);
      expect(verified.said).toMatch(/[1-9]\d* entries up to .*: all as they were written, compared with [1-9]/);
      expect(verified.status).toBe(0);

      const again = operate('restore.sh', [backup], {}, other);
      expect(again).toEqual({ status: 1, said: expect.stringMatching(/NOT RESTORED: .* has \d+ tables/) as string });
      const beside = operate('restore.sh', [backup, 'beside'], {}, other);
      expect(beside.said).toContain('An administrator of the server runs: CREATE DATABASE "beside" OWNER "mash";');
    } finally {
      await other.stop();
    }
  }, 120_000);

  it('that fails leaves nothing behind, removes no older one, and says what to do', () => {
    const old = 'mash-2026-01-01T00-00-00Z.dump';
    ageTo(join(folder, old), 400);
    const programs = join(outside, 'programs');
    mkdirSync(programs);
    const truncated = `#!/bin/sh\n${debianPostgres()}/bin/pg_dump "$@" && truncate -s -2000 "${folder}"/*.part\n`;
    writeFileSync(join(programs, 'pg_dump'), truncated);
    chmodSync(join(programs, 'pg_dump'), 0o755);
    for (const [wrong, words] of [
      [{ PGPORT: '1' }, 'look whether the database answers'],
      [{ PGDATABASE: 'postgres' }, 'look at PGDATABASE'],
      [{ BACKUP_DAYS: '0' }, 'give a whole number of days'],
      [{ BACKUP_DIR: join(folder, 'none') }, 'correct BACKUP_DIR'],
      [{ PATH: `${programs}:${debianPostgres()}/bin:${process.env['PATH']}` }, 'cannot be read to its end'],
    ] as const) {
      const { status, said } = operate('back-up.sh', [], wrong);
      expect({ status, last: said.trim().split('\n').at(-1) }).toEqual({
        status: 1,
        last: expect.stringMatching(new RegExp(`^NOT BACKED UP: .*${words}`)) as string,
      });
      expect(backups()).toEqual([old]);
    }
  });

  it('is removed when it is older than BACKUP_DAYS and another was made', () => {
    const [older, younger] = ['mash-2026-01-01T00-00-00Z.dump', 'mash-2026-01-02T00-00-00Z.dump'];
    ageTo(join(folder, older), 7.1);
    ageTo(join(folder, younger), 6.9);
    ageTo(join(folder, 'of-another.dump'), 400);
    expect(operate('back-up.sh', [], { BACKUP_DAYS: '7' }).status).toBe(0);
    expect(backups()).toEqual([younger, expect.stringMatching(/^mash-/), 'of-another.dump']);
  });
});

function ageTo(file: string, days: number): void {
  const then = Date.now() / 1000 - days * 86_400;
  writeFileSync(file, '');
  utimesSync(file, then, then);
}

/** Runs a script as the service `backup` of docker-compose.yml does, as the service's user. */
function operate(script: string, args: readonly string[] = [], other: Record<string, string> = {}, server = postgres) {
  const { hostname, port } = new URL(server.url('postgres'));
  const { status, stdout, stderr } = spawnSync('sh', [join('scripts/operating', script), ...args], {
    encoding: 'utf8',
    env: {
      ...{ PATH: `${debianPostgres()}/bin:${process.env['PATH']}`, PGHOST: hostname, PGPORT: port, PGUSER: 'mash' },
      ...{ PGPASSWORD: PASSWORD, PGDATABASE: 'mash', BACKUP_DIR: join(outside, 'backups'), ...other },
    },
  });
  return { status, said: stdout + stderr };
}

/** What `mash verify-record` of the image says of a database. */
function verifyRecord(url: string) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['dist/scripts/mash.js', 'verify-record', '--checkpoints', join(outside, 'checkpoints')],
      ...['--public-key', join(outside, 'public.pem')],
    ],
    { cwd: tree.folder, encoding: 'utf8', env: { PATH: process.env['PATH'], DATABASE_URL: url } },
  );
  return { status, said: stdout + stderr };
}

const urlOf = (app: keyof typeof PORTS) => `http://127.0.0.1:${here[PORTS[app]]}`;

/** What an agency's program gets for an assertion that it signs. */
async function tokenOf(clientId: string, key: CryptoKey): Promise<string> {
  const tokenUrl = `${urlOf('api')}/oauth2/token`;
  const assertion = new SignJWT({ jti: randomUUID() }).setIssuer(clientId).setSubject(clientId).setAudience(tokenUrl);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion.setExpirationTime('1 minute').setProtectedHeader({ alg: 'ES256' }).sign(key),
  });
  const answer = await fetch(tokenUrl, { method: 'POST', body });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** The commands with which README.md has the first agency, its program, and the first person added. */
function commandsOfReadme(): Readonly<Record<'agency' | 'client' | 'staff', readonly string[]>> {
  const text = readFileSync('README.md', 'utf8').replaceAll(/\\\n/g, ' ');
  const commandOf = (what: string) => {
    const [, command] = new RegExp(`^docker compose run --rm .*?api (node .* ${what} +add .*)$`, 'm').exec(text) ?? [];
    if (command === undefined) throw new Error(`README.md must say how ${what} add is run in production.`);
    return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  };
  return { agency: commandOf('agency'), client: commandOf('client'), staff: commandOf('staff') };
}

async function onDatabase(sql: string, url = ownersUrl()): Promise<Record<string, unknown>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows[0]!;
  } finally {
    await client.end();
  }
}
