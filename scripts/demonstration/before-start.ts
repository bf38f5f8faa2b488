import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { DemonstrationSettings } from './settings.ts';

/** Something keeps the demonstration from starting, in one line that says what to do. */
export class CannotStart extends Error {}

/**
 * One start a data directory: a second one would take the first one's database from under it.
 *
 * @returns the file that says who has it, to be removed at the end
 * @throws CannotStart when another program has it
 */
export function takeDataDirectory(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch {
    throw new CannotStart(`${dataDir} cannot be used as a folder: set MASH_DATA_DIR to another.`);
  }
  const pidFile = join(dataDir, 'start.pid');
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (pid > 0 && isStart(pid)) {
    throw new CannotStart(
      `npm start is already running on ${dataDir} (process ${pid}): stop it, or set MASH_DATA_DIR and the ports to others.`,
    );
  }
  writeFileSync(pidFile, String(process.pid));
  return pidFile;
}

/** @throws CannotStart naming the first port that is taken */
export async function everyPortIsFree({ ports, databaseUrl }: DemonstrationSettings): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (name === 'POSTGRES_PORT' && databaseUrl !== undefined) continue;
    const server = createServer();
    await new Promise<void>((free, taken) => {
      server.once('error', () =>
        taken(
          new CannotStart(`Port ${port} is in use: stop what uses it (another npm start?), or set ${name} to another.`),
        ),
      );
      server.listen(port, '127.0.0.1', () => server.close(() => free()));
    });
  }
}

/** @throws CannotStart when nothing answers at the address that a setting gives */
export async function answers(address: string, setting: string, usualPort: number): Promise<void> {
  if (!URL.canParse(address)) throw new CannotStart(`${setting} is not an address: correct it, or unset it.`);
  const { hostname, port } = new URL(address);
  const socket = connect({ host: hostname, port: Number(port || usualPort), timeout: 3_000 });
  try {
    await new Promise<void>((resolve, reject) => {
      socket
        .once('connect', resolve)
        .once('error', reject)
        .once('timeout', () => reject(new Error('no answer')));
    });
  } catch {
    throw new CannotStart(`Nothing answers at ${setting}: start it, or unset ${setting} to do without.`);
  } finally {
    socket.destroy();
  }
}

function isStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const commandLine = `/proc/${pid}/cmdline`;
    return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('demonstration/start');
  } catch {
    return false;
  }
}
