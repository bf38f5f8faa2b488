import { PgBoss } from 'pg-boss';
import { inParts, type DueJob, type Peer, type Place } from './peer.ts';
import { versionOf } from './version-of.ts';

const QUEUE = 'bench';
const WORK = { pollingIntervalSeconds: 0.5, batchSize: 100, localConcurrency: 4, burstWhenBatchFull: true } as const;

/** Jobs with `startAfter`. Its listening wakes it for what is due at once, not for what comes due. */
export const PG_BOSS: Peer = {
  name: 'pg-boss',
  version: versionOf('pg-boss'),
  settings: `startAfter, ${Object.entries(WORK)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')} (0.5 s is the shortest that it allows)`,
  needsRedis: false,
  schedule: async ({ databaseUrl }: Place, jobs: readonly DueJob[]) => {
    const boss = await started(databaseUrl);
    await boss.createQueue(QUEUE);
    for (const part of inParts(jobs))
      await boss.insert(
        QUEUE,
        part.map((data) => ({ data, startAfter: new Date(data.dueAt) })),
      );
    await boss.stop();
  },
  work: async ({ databaseUrl }: Place, fire) => {
    const boss = await started(databaseUrl);
    await boss.work<DueJob>(QUEUE, WORK, async (jobs) => void (await Promise.all(jobs.map(({ data }) => fire(data)))));
  },
};

async function started(connectionString: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString });
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  return boss.start();
}
