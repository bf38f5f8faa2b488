import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/stand-ins/free-port.ts';
import { print, whole } from './in-words.ts';

const STARTS = 3;
const SETTLE_MS = 5_000;
const PORTS = [
  ...(['API_PORT', 'CONSOLE_PORT', 'WORKER_PORT', 'WATCHDOG_PORT'] as const),
  ...(['SIGN_IN_PORT', 'MAILBOX_PORT', 'POSTGRES_PORT'] as const),
];
/** The demonstration prints this when everything answers. */
const READY = 'Ctrl-C stops everything';

/**
 * How long `npm start` takes until everything answers, on a data folder that is new and then on the same one again, and
 * the memory of all its processes together: PSS, which counts a shared page once. Linux only.
 */
export async function benchStart(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-start-'));
  try {
    for (let start = 1; start <= STARTS; start += 1) {
      const began = performance.now();
      const running = await started(dataDir);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const megabytes = pssOf(running.pid!) / 1024;
      await stopped(running);
      print(`start ${start}: ready in ${seconds} s, ${whole(megabytes)} MB of memory`);
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function started(dataDir: string): Promise<ChildProcess> {
  const env: NodeJS.ProcessEnv = { ...process.env, MASH_DATA_DIR: dataDir };
  for (const name of PORTS) env[name] = String(await freePort());
  const running = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await new Promise<void>((resolve, reject) => {
    let printed = '';
    running.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      if (printed.includes(READY)) resolve();
    });
    running.once('exit', () => reject(new Error(`npm start ended:\n${printed}`)));
  });
  running.removeAllListeners('exit');
  return running;
}

/** As Ctrl-C in a terminal, which reaches the whole group. */
async function stopped(running: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => running.once('exit', resolve));
  process.kill(-running.pid!, 'SIGINT');
  await ended;
}

/** Kilobytes of a process and of all that came from it. */
function pssOf(root: number): number {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ id: Number(name), parent: parentOf(name) }));
  const family = new Set([root]);
  for (let before = 0; before !== family.size;) {
    before = family.size;
    for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
  }
  return [...family].reduce((sum, id) => sum + pss(id), 0);
}

function parentOf(id: string): number {
  return Number(read(`/proc/${id}/stat`).split(') ').at(-1)!.split(' ')[1]);
}

function pss(id: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0);
}

/** Nothing of a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
