import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { QueueStoreSettings } from '#jobs';
import { redisServer } from '../../scripts/stand-ins/redis-server.ts';
import { stopWithUs } from '../../scripts/stand-ins/stop-with-us.ts';
import { ownPort } from './own-port.ts';

/** A queue store that a test can empty, and on Redis stop and start. */
export interface TestQueueStore {
  readonly settings: QueueStoreSettings;
  /** Forgets everything, as FLUSHALL does. */
  flush(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Every key and value, as text. */
  dump(): Promise<string>;
  close(): Promise<void>;
}

/** Both backends: every test of the queues runs on each. */
export const BACKENDS = ['postgres', 'redis'] as const;

/** A Redis server of a test's own. */
export class TestRedis implements TestQueueStore {
  private process: ChildProcess | null = null;
  private readonly dir = mkdtempSync(join(tmpdir(), 'mash-test-redis-'));

  private constructor(
    private readonly port: number,
    readonly settings: QueueStoreSettings & { readonly redisUrl: string },
  ) {}

  static async start(databaseUrl: string): Promise<TestRedis> {
    const port = await ownPort();
    const redisUrl = `redis://127.0.0.1:${port}`;
    const redis = new TestRedis(port, { databaseUrl, redisUrl, prefix: `{test-${randomUUID()}}` });
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const options = [
      '--port',
      String(this.port),
      '--dir',
      this.dir,
      '--appendonly',
      'yes',
      '--maxmemory-policy',
      'noeviction',
    ];
    this.process = spawn(neededRedisServer(), [...options, '--save', ''], { stdio: 'ignore' });
    stopWithUs(this.process, 'TERM');
    const client = new Redis(this.settings.redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async stop(): Promise<void> {
    const running = this.process;
    if (running === null) return;
    this.process = null;
    const exited = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await exited;
  }

  async flush(): Promise<void> {
    await this.withClient((client) => client.flushall());
  }

  async dump(): Promise<string> {
    return this.withClient(async (client) => {
      const keys = await client.keys('*');
      const values = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
      return [...keys, ...values.map((value) => value?.toString('latin1') ?? '')].join('\n');
    });
  }

  async close(): Promise<void> {
    await this.stop();
  }

  private async withClient<T>(work: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(this.settings.redisUrl);
    try {
      return await work(client);
    } finally {
      client.disconnect();
    }
  }
}

/** @throws Error that says what to install */
function neededRedisServer(): string {
  const program = redisServer();
  if (program !== null) return program;
  throw new Error(
    'The tests on Redis need redis-server on the path: install it (apt-get install redis-server) and run them again.',
  );
}

/** BullMQ's own schema in the test's database. */
class TestPostgresQueues implements TestQueueStore {
  private constructor(
    readonly settings: QueueStoreSettings,
    private readonly client: pg.Client,
  ) {}

  static async start(databaseUrl: string): Promise<TestPostgresQueues> {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    return new TestPostgresQueues({ databaseUrl }, client);
  }

  async flush(): Promise<void> {
    for (const table of await this.tables()) {
      if (!table.includes('migration')) await this.client.query(`TRUNCATE bullmq."${table}" CASCADE`);
    }
  }

  async stop(): Promise<void> {
    throw new Error('PostgreSQL is not only the queue store: the fault tests stop it');
  }

  async start(): Promise<void> {
    return this.stop();
  }

  async dump(): Promise<string> {
    const dumps = (await this.tables()).map((table) => this.client.query(`SELECT t::text FROM bullmq."${table}" t`));
    return (await Promise.all(dumps)).flatMap(({ rows }) => (rows as { t: string }[]).map(({ t }) => t)).join('\n');
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async tables(): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
    );
    return rows.map(({ name }) => name);
  }
}

export async function createQueueStore(
  backend: (typeof BACKENDS)[number],
  databaseUrl: string,
): Promise<TestQueueStore> {
  return backend === 'redis' ? TestRedis.start(databaseUrl) : TestPostgresQueues.start(databaseUrl);
}
