import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { sandboxLink } from '#access';
import { freePort } from '../../scripts/stand-ins/free-port.ts';
import { until } from '../support/until.ts';
import { makeCheckout, type Checkout } from './checkout.ts';
import { processes, type Process } from './processes.ts';

const PORTS = ['API', 'CONSOLE', 'WORKER', 'SIGN_IN', 'MAILBOX', 'POSTGRES', 'WATCHDOG', 'SANDBOX'].map(
  (name) => `${name}_PORT`,
);

let checkout: Checkout;
let ports: Record<string, string>;

beforeAll(async () => {
  checkout = makeCheckout();
  ports = Object.fromEntries(await Promise.all(PORTS.map(async (name) => [name, String(await freePort())] as const)));
});
afterAll(() => {
  for (const { pid } of left()) process.kill(pid, 'SIGKILL');
  checkout.remove();
});

/** npm in the checkout, and what it wrote. */
class Npm {
  output = '';
  readonly child: ChildProcess;

  constructor(...args: readonly string[]) {
    const { MASH_DATA_DIR: _dataDir, DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = process.env;
    this.child = spawn('npm', args, { cwd: checkout.folder, env: { ...environment, ...ports } });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (text: Buffer) => (this.output += text.toString()));
    }
  }

  /** @throws Error with what it wrote when it ends before it says so */
  async says(text: string): Promise<void> {
    await until(() => {
      if (this.child.exitCode !== null) throw new Error(this.output);
      return Promise.resolve(this.output.includes(text));
    });
  }

  /** @returns its exit code */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }
}

/** Every process of the checkout. PostgreSQL's write over their environment, and are known by their folder. */
function left(): readonly Process[] {
  return processes().filter(
    ({ folder, environment }) =>
      folder.startsWith(checkout.folder) ||
      folder.startsWith(checkout.databaseFolder()) ||
      environment.includes(`API_PORT=${ports['API_PORT']}`),
  );
}

/** npm, the script that it runs, and the start that the script runs on the pinned Node. */
function chainOf(npm: Npm): readonly [npm: number, script: number, start: number] {
  const childOf = (parent: number, part: string) =>
    processes().find((one) => one.parent === parent && one.command.includes(part))!.pid;
  const script = childOf(npm.child.pid!, 'scripts/start.mjs');
  return [npm.child.pid!, script, childOf(script, 'demonstration/start.js')];
}

async function started(): Promise<Npm> {
  const npm = new Npm('start');
  await npm.says('Ctrl-C stops everything');
  return npm;
}

/** On the database of the hub, as the user of its apps. */
async function countOf(statement: string, values: readonly string[] = []): Promise<number | null> {
  const sandbox = readFileSync(join(checkout.folder, '.local/sandbox.json'), 'utf8');
  const client = new pg.Client({ connectionString: (JSON.parse(sandbox) as { databaseUrl: string }).databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(statement, [...values]);
  await client.end();
  return rowCount;
}

it('npm start works in a folder that only root may enter, and keeps its data between starts', async () => {
  const first = await started();
  // As in production.
  expect(await countOf('SELECT 1 FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)')).toBe(0);
  if (process.getuid?.() === 0) expect(first.output).toContain(`Database  ${checkout.databaseFolder()}`);
  const submit = new Npm('run', 'mash', '--', 'submit', 'scripts/scenarios/01-bruised-ten-week-old.json');
  expect(await submit.ended()).toBe(0);
  const [reference] = /MASH-\w{4}-\w{4}/.exec(submit.output)!;
  first.child.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  expect(first.output).toContain('Stopped. The data is kept');

  const second = await started();
  expect(await countOf('SELECT 1 FROM referral WHERE reference = $1', [reference])).toBe(1);
  second.child.kill('SIGTERM');
  await second.ended();
}, 240_000);

it('npm start has a sandbox for the developers of an agency, on a database of its own', async () => {
  const npm = await started();
  const url = `http://127.0.0.1:${ports['SANDBOX_PORT']}`;
  await until(async () => (await fetch(`${url}/health/live`).catch(() => null))?.status === 200);
  const secret = readFileSync(join(checkout.folder, '.local/sandbox-secret'), 'utf8');
  const agency = { name: 'Loomgate Trust', kind: 'school', sourceCode: '2A' };
  const link = await sandboxLink({ secret, url }, { id: randomUUID(), agency }, Temporal.Now.instant());
  const { hub, token } = (await (await fetch(link, { method: 'POST' })).json()) as { hub: string; token: string };
  const answer = await fetch(`${hub}/api/v1/referrals`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  npm.child.kill('SIGTERM');
  await npm.ended();
}, 240_000);

describe.each(['SIGTERM', 'SIGKILL'] as const)('%s', (signal) => {
  it.each([
    ['npm start', 0],
    ['the script that npm start runs', 1],
    ['the start that the script runs', 2],
  ])(
    'of %s stops the whole service',
    async (_, which) => {
      const npm = await started();
      process.kill(chainOf(npm)[which]!, signal);
      // When npm is killed, nothing but the processes themselves says that they have ended.
      if (signal === 'SIGTERM') await npm.ended();
      else await until(() => Promise.resolve(left().length === 0));
      expect(left().map(({ command }) => command)).toEqual([]);
      for (const port of Object.values(ports)) await listensAgain(Number(port));
      expect(existsSync(join(checkout.databaseFolder(), 'postmaster.pid'))).toBe(false);
    },
    120_000,
  );
});

it('a hub of before, which the superuser owns, keeps its user', async () => {
  const asOwner = new pg.Client({ connectionString: `postgres://mash:mash@127.0.0.1:${ports['POSTGRES_PORT']}/mash` });
  const first = await started();
  await asOwner.connect();
  await asOwner.query('ALTER DATABASE mash OWNER TO mash; REASSIGN OWNED BY hub TO mash');
  await asOwner.end();
  first.child.kill('SIGTERM');
  await first.ended();

  const second = await started();
  expect(await countOf(`SELECT 1 FROM referral, pg_roles WHERE rolname = current_user AND rolsuper LIMIT 1`)).toBe(1);
  second.child.kill('SIGTERM');
  expect(await second.ended()).toBe(0);
}, 240_000);

/** @throws Error when the port is in use */
async function listensAgain(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
