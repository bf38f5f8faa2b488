import { createPostgresBackend, Queue, withBackend, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { connectionLimits, EnduringClient } from '#store';

/** Where BullMQ keeps its queues: Redis or Valkey when there is one, PostgreSQL otherwise. */
export interface QueueStoreSettings {
  readonly redisUrl?: string | undefined;
  readonly databaseUrl: string;
  /** Redis keys begin with it; the braces keep them on one node of a cluster. */
  readonly prefix?: string;
}

type Process = (job: { name: string; data: { id: string } }) => Promise<void>;

/** The one place that knows which of the two it is. */
export interface QueueStore {
  queue(name: string): Queue;
  worker(name: string, process: Process, concurrency: number): Worker;
  close(): Promise<void>;
}

export function connectQueueStore(settings: QueueStoreSettings): QueueStore {
  return settings.redisUrl === undefined
    ? onPostgres(settings.databaseUrl)
    : onRedis(settings.redisUrl, settings.prefix);
}

/** A job whose worker died is taken over within seconds, however often that happens. */
const TAKE_OVER: Partial<WorkerOptions> = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 1_000 };

function onRedis(url: string, prefix = '{mash}'): QueueStore {
  // A producer must fail at once when Redis is away; a worker must wait for it, however long.
  const producing = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, retryStrategy: everySecond });
  const working: Redis[] = [];
  producing.on('error', () => undefined);
  return {
    queue: (name) => new Queue(name, { connection: producing, prefix }),
    worker: (name, process, concurrency) => {
      const connection = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: everySecond });
      connection.on('error', () => undefined);
      working.push(connection);
      return new Worker(name, process, { connection, prefix, concurrency, ...TAKE_OVER });
    },
    close: async () => {
      for (const connection of [producing, ...working]) connection.disconnect();
    },
  };
}

const everySecond = (tried: number) => Math.min(tried * 100, 1_000);

/**
 * BullMQ makes the client with which it listens, of the class that its `pg` has. For a moment after connecting, no
 * listener hears that client's errors. A PostgreSQL that shuts down in that moment would end the process.
 */
const enduringBackend: typeof createPostgresBackend = (name, options, more) => {
  const backend = createPostgresBackend(name, options, more);
  Object.assign((backend as unknown as { connection: object }).connection, { pgModule: { Client: EnduringClient } });
  return backend;
};

function onPostgres(databaseUrl: string): QueueStore {
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(enduringBackend);
  const connection = {
    connectionString: databaseUrl,
    schema: 'bullmq',
    migrate: true,
    max: 4,
    ...connectionLimits(false),
  };
  return {
    queue: (name) => new PostgresQueue(name, { connection }) as unknown as Queue,
    worker: (name, process, concurrency) =>
      new PostgresWorker(name, process, { connection, concurrency, ...TAKE_OVER } as never) as unknown as Worker,
    close: async () => undefined,
  };
}
