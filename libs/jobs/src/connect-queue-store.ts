import type { QueueStore, QueueStoreSettings } from './queue-store.ts';

/** Loads BullMQ with the one of the two that is used: an app without queues loads neither, and ioredis is for Redis. */
export async function connectQueueStore({ redisUrl, databaseUrl, prefix }: QueueStoreSettings): Promise<QueueStore> {
  if (redisUrl === undefined) return (await import('./queue-store-on-postgres.ts')).onPostgres(databaseUrl);
  return (await import('./queue-store-on-redis.ts')).onRedis(redisUrl, prefix);
}
