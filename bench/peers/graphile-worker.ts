import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { inParts, type DueJob, type Peer, type Place } from './peer.ts';
import { versionOf } from './version-of.ts';

const POLL_MS = 100;
/** The settings of its own page on performance. */
const WORKER = {
  concurrentJobs: 24,
  maxPoolSize: 25,
  localQueue: { size: 500 },
  completeJobBatchDelay: 0,
  failJobBatchDelay: 0,
  pollInterval: POLL_MS,
} as const;
const logger = new Logger(() => () => undefined);

/** Jobs with `runAt`. */
export const GRAPHILE_WORKER: Peer = {
  name: 'graphile-worker',
  version: versionOf('graphile-worker'),
  settings: `runAt, concurrentJobs 24, localQueue 500, completeJobBatchDelay 0 (its page on performance), pollInterval ${POLL_MS} ms (it has 2,000)`,
  needsRedis: false,
  schedule: async ({ databaseUrl: connectionString }: Place, jobs: readonly DueJob[]) => {
    const utils = await makeWorkerUtils({ connectionString, logger });
    await utils.migrate();
    for (const part of inParts(jobs))
      await utils.addJobs(
        part.map((payload) => ({ identifier: 'fire', payload, runAt: new Date(payload.dueAt), maxAttempts: 1 })),
      );
    await utils.release();
  },
  work: ({ databaseUrl: connectionString }: Place, fire) =>
    run({
      preset: { worker: { ...WORKER, connectionString } },
      logger,
      taskList: { fire: (payload) => fire(payload as DueJob) },
    }),
};
