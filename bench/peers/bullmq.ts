import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { inParts, type DueJob, type Peer, type Place } from './peer.ts';
import { versionOf } from './version-of.ts';

const QUEUE = 'bench';
const CONCURRENCY = 50;

/** Delayed jobs on Redis. */
export const BULLMQ: Peer = {
  name: 'BullMQ',
  version: versionOf('bullmq'),
  settings: `delayed jobs, concurrency ${CONCURRENCY} (as its guide has it), removeOnComplete; Redis append-only, fsync each second`,
  needsRedis: true,
  schedule: async ({ redisUrl }: Place, jobs: readonly DueJob[]) => {
    const queue = new Queue<DueJob>(QUEUE, { connection: { url: redisUrl } });
    for (const part of inParts(jobs)) {
      const timestamp = Date.now();
      await queue.addBulk(
        part.map((data) => ({
          name: 'fire',
          data,
          // Its delay counts from this timestamp: given here, so that it is due to the millisecond.
          opts: { timestamp, delay: data.dueAt - timestamp, removeOnComplete: true },
        })),
      );
    }
    await queue.close();
  },
  work: async ({ redisUrl }: Place, fire) => {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    await new Worker<DueJob>(QUEUE, ({ data }) => fire(data), {
      connection,
      concurrency: CONCURRENCY,
    }).waitUntilReady();
  },
};
