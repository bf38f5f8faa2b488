import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
let tree: Tree;
let postgres: RunningPostgres;
let redis: OwnRedis;
let mailbox: Mailbox;
let here: Record<string, string>;
let composed: Composed;

beforeAll(async () => {
  tree = await makeTree(process.cwd(), top);
  const settings = ['fsync=off', 'unix_socket_directories='];
  postgres = await startEmbeddedPostgres({
    dataDir: databaseDir,
    port: await freePort(),
    settings,
    programs: debianPostgres(),
  });
  await makeDatabase();
  redis = await neededRedis();
  mailbox = await startMailbox(0);
  here = {
    DATABASE_URL: ownersUrl(),
    REDIS_URL: redis.url,
    LISTEN_ADDRESS: '127.0.0.1',
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
  for (const folder of [top, databaseDir]) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const PASSWORD = "of the user's own";

/** What PostgreSQL's image does with the script of docker-compose.yml when it is first started. */
async function makeDatabase(): Promise<void> {
  const [name, password] = ['of_the_image', randomUUID()];
  const as = (user: string, its: string) =>
    Object.assign(new URL(postgres.url('postgres')), { username: user, password: its }).toString();
  // The superuser of this test has the name that the service's user gets.
  await onDatabase(`CREATE ROLE ${name} SUPERUSER LOGIN PASSWORD '${password}'`, postgres.url('postgres'));
  await onDatabase('ALTER ROLE mash RENAME TO of_this_test', as(name, password));
  const { hostname, port } = new URL(postgres.url('postgres'));
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
function ownersUrl(): string {
  const url = new URL(postgres.url('mash'));
  url.username = 'mash';
  url.password = encodeURIComponent(PASSWORD);
  return url.toString();
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
  const { reference } = (await answer.json()) as { reference: string };
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
