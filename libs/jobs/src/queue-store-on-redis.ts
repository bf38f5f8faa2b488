import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { TAKE_OVER, type QueueStore } from './queue-store.ts';

export function onRedis(url: string, prefix = '{mash}'): QueueStore {
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
