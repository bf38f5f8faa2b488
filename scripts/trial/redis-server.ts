import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

/** Where BullMQ keeps its queues during trials; emptied now and then. */
export interface TrialRedis {
  readonly url: string;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A redis-server of its own; null where none is installed, and BullMQ keeps its queues in PostgreSQL. */
export async function startRedis(): Promise<TrialRedis | null> {
  const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (program === undefined) return null;
  const dir = mkdtempSync(join(tmpdir(), 'mash-trial-redis-'));
  const port = await freePort();
  const server = spawn(
    program,
    ['--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  );
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    flush: async () => void (await client.flushall()),
    close: async () => {
      client.disconnect();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
