import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RunningRedis {
  readonly url: string;
  /** At once, as when its machine is lost. */
  kill(): Promise<void>;
}

/** A Redis as BullMQ's documents ask for one: append-only file, nothing evicted. Null where there is no redis-server. */
export async function startRedis(port: number): Promise<RunningRedis | null> {
  const dir = mkdtempSync(join(tmpdir(), 'mash-bench-redis-'));
  const server = spawn(
    'redis-server',
    ['--port', `${port}`, '--dir', dir, '--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  );
  // A bench that fails leaves none behind.
  process.once('exit', () => server.kill('SIGKILL'));
  const missing = new Promise<'missing'>((resolve) => server.once('error', () => resolve('missing')));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  const answer = await Promise.race([client.ping(), missing]);
  client.disconnect();
  if (answer === 'missing') return null;
  return {
    url,
    kill: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, 'exit');
        server.kill('SIGKILL');
        await exited;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
