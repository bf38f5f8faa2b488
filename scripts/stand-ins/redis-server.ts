import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

/** A Redis server of one's own. */
export interface OwnRedis {
  readonly url: string;
  flush(): Promise<void>;
  /** At once, as when its machine is lost. */
  kill(): Promise<void>;
}

/**
 * A Redis as BullMQ's documents ask for one, nothing evicted; null where no redis-server is installed.
 *
 * @param appendOnly whether it keeps what it was told in a file
 */
export async function startRedis(appendOnly: boolean): Promise<OwnRedis | null> {
  const program = ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (program === undefined) return null;
  const dir = mkdtempSync(join(tmpdir(), 'mash-redis-'));
  const port = await freePort();
  const keeps = ['--save', '', '--appendonly', appendOnly ? 'yes' : 'no', '--maxmemory-policy', 'noeviction'];
  const server = spawn(program, ['--port', String(port), '--dir', dir, ...keeps], { stdio: 'ignore' });
  // Whoever fails leaves none behind.
  process.once('exit', () => server.kill('SIGKILL'));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await client.ping();
  return {
    url,
    flush: async () => void (await client.flushall()),
    kill: async () => {
      client.disconnect();
      if (server.exitCode === null && server.signalCode === null) {
        const ended = once(server, 'exit');
        server.kill('SIGKILL');
        await ended;
      }
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
