import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { programsFor } from './postgres-programs.ts';
import { postgresUser, type PostgresUser } from './postgres-user.ts';
import { stopWithUs } from '../stand-ins/stop-with-us.ts';

export interface RunningPostgres {
  /** @param database its name @returns a connection string to a database of this server */
  url(database: string): string;
  stop(): Promise<void>;
  /** Stops at once, in the middle of everything. */
  crash(): Promise<void>;
  /** Resolves when the server ends by itself. */
  readonly endedByItself: Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where the database files are, or will be. PostgreSQL's user must be able to enter the folder above it. */
  readonly dataDir: string;
  readonly port: number;
  /** Server settings, such as `fsync=off`. */
  readonly settings?: readonly string[];
  /** A folder with other programs in its `bin` than those of node_modules. */
  readonly programs?: string;
}

/** Why the embedded server could not be started, in a line that says what to do. */
export class PostgresDidNotStart extends Error {}

const USER = 'mash';
const PASSWORD = 'mash';
const READY = 'database system is ready to accept connections';

/**
 * Starts a real PostgreSQL from the programs in node_modules, making its files on the first start. It stops when this
 * process ends, however it ends.
 *
 * @throws PostgresDidNotStart when it cannot be
 */
export async function startEmbeddedPostgres({
  dataDir,
  port,
  settings = [],
  programs: others,
}: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  const { user, programs } = findPrograms(others);
  let server: ChildProcess;
  try {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) await makeDatabase(programs, dataDir, user);
    const all = ['listen_addresses=127.0.0.1', 'timezone=UTC', ...settings].flatMap((setting) => ['-c', setting]);
    server = await startServer(programs, ['-D', dataDir, '-p', String(port), ...all], user);
  } catch (error) {
    throw new PostgresDidNotStart(whyNot(dataDir, error instanceof Error ? error.message : String(error)));
  }
  let stopping = false;
  const ended = once(server, 'exit');
  return {
    url: (database) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      stopping = true;
      // A fast shutdown: it ends connections and keeps everything that was committed.
      if (server.kill('SIGINT')) await ended;
    },
    crash: async () => {
      if (server.kill('SIGQUIT')) await ended;
    },
    endedByItself: new Promise((resolve) => void server.once('exit', () => stopping || resolve())),
  };
}

function findPrograms(others: string | undefined) {
  try {
    const user = postgresUser();
    return { user, programs: others ?? programsFor(user) };
  } catch (error) {
    throw new PostgresDidNotStart(`PostgreSQL cannot run here. ${error instanceof Error ? error.message : ''}`.trim());
  }
}

/** Makes the files of a database, all or none: an interrupted start leaves nothing that looks like a database. */
async function makeDatabase(programs: string, dataDir: string, user: PostgresUser | null): Promise<void> {
  const making = `${dataDir}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  const secret = mkdtempSync(join(tmpdir(), 'mash-password-'));
  const file = join(secret, 'password');
  writeFileSync(file, PASSWORD, { mode: 0o600 });
  if (user !== null) for (const path of [making, secret, file]) chownSync(path, user.uid, user.gid);
  const named = [`--pgdata=${making}`, `--username=${USER}`, `--pwfile=${file}`];
  const kind = ['--auth=password', '--encoding=UTF8', '--locale=C.UTF-8', '--lc-messages=C'];
  try {
    const initdb = spawn(join(programs, 'bin/initdb'), [...named, ...kind], { ...user, cwd: making });
    stopWithUs(initdb, 'TERM');
    const said = linesOf(initdb);
    const [code] = (await once(initdb, 'exit')) as [number | null];
    if (code !== 0) throw new Error(said());
    renameSync(making, dataDir);
  } finally {
    for (const path of [making, secret]) rmSync(path, { recursive: true, force: true });
  }
}

/** Resolves when the server takes connections. @throws Error with the reason, when it ends instead */
async function startServer(programs: string, args: readonly string[], user: PostgresUser | null) {
  const server = spawn(join(programs, 'bin/postgres'), args, { ...user, cwd: programs });
  stopWithUs(server, 'INT');
  const said = linesOf(server);
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', () => said().includes(READY) && resolve());
    server.once('error', reject).once('exit', () => reject(new Error(said())));
  });
  return server;
}

/** @returns the end of what a process has written so far */
function linesOf(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (text: Buffer) => (said = `${said}${text.toString()}`.slice(-10_000)));
  }
  return () => said;
}

function whyNot(dataDir: string, said: string): string {
  const lines = said.trim().split('\n');
  const reason = lines.findLast((line) => /FATAL|PANIC|error|denied/i.test(line)) ?? lines.at(-1) ?? '';
  if (/permission denied|EACCES/i.test(reason)) {
    return `PostgreSQL may not use ${dataDir}. As root it runs as the user postgres: choose a folder that every user may enter.`;
  }
  return (
    `The database in ${dataDir} did not start: ${reason.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') || 'it gave no reason'}\n` +
    `To begin again with fresh fictional data, move that folder away and run npm start.`
  );
}

/** A server whose `npm start` was killed may go on for a moment; it is asked to stop before its files are used again. */
export async function stopOrphan(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
  if (!isServerOf(dataDir, pid)) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 100 && existsSync(pidFile); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isServerOf(dataDir: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${dataDir}\0`);
  } catch {
    return false;
  }
}
