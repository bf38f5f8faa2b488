import { createPostgresBackend, withBackend, type Queue, type Worker } from 'bullmq';
import { connectionLimits, EnduringClient } from '#store';
import { TAKE_OVER, type QueueStore } from './queue-store.ts';

/**
 * BullMQ makes the client with which it listens, of the class that its `pg` has. For a moment after connecting, no
 * listener hears that client's errors. A PostgreSQL that shuts down in that moment would end the process.
 */
const enduringBackend: typeof createPostgresBackend = (name, options, more) => {
  const backend = createPostgresBackend(name, options, more);
  Object.assign((backend as unknown as { connection: object }).connection, { pgModule: { Client: EnduringClient } });
  return backend;
};

export function onPostgres(databaseUrl: string): QueueStore {
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
