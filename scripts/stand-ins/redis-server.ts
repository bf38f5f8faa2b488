import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findOrInstall } from './debian-package.ts';
import { freePort } from './free-port.ts';
import { stopWithUs } from './stop-with-us.ts';

/** A Redis server of one's own. */
export interface OwnRedis {
  readonly url: string;
  flush(): Promise<void>;
  /** At once, as when its machine is lost. */
  kill(): Promise<void>;
}

/** @returns the redis-server of this machine, installed where it can be; null where there is none */
export function redisServer(): string | null {
  return findOrInstall(redisOnPath, 'redis-server');
}

function redisOnPath(): string | null {
  return ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null;
}

/**
 * A Redis as BullMQ's documents ask for one, nothing evicted; null where there is no redis-server and none can be
 * installed.
 *
 * @param appendOnly whether it keeps what it was told in a file
 */
export async function startRedis(appendOnly: boolean): Promise<OwnRedis | null> {
  const program = redisServer();
  if (program === null) return null;
  const dir = mkdtempSync(join(tmpdir(), 'mash-redis-'));
  const port = await freePort();
  const keeps = ['--save', '', '--appendonly', appendOnly ? 'yes' : 'no', '--maxmemory-policy', 'noeviction'];
  const server = spawn(program, ['--port', String(port), '--dir', dir, ...keeps], { stdio: 'ignore' });
  stopWithUs(server, 'TERM');
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
