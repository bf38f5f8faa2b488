import { raw, SERVICE, sql } from '#store';
import { randomUUIDv7 } from 'node:crypto';
import type { FreshDatabase } from '../fresh-database.ts';
import { percentilesInWords, percentilesOf, whole, type Percentiles } from '../in-words.ts';
import type { Peer, Place } from '../peers/peer.ts';
import { PEER_TABLES } from '../peers/peer-tables.ts';
import { waitFor } from '../wait-for.ts';
import { startProcesses } from '../workers.ts';
import { LEAD_SECONDS, scheduleInWords, type Schedule } from './schedule.ts';

const WORKERS = 2;

/** How late a peer's jobs commit, measured as ours are. */
export async function benchPeer(
  peer: Peer,
  fresh: FreshDatabase,
  redisUrl: string,
  schedule: Schedule,
): Promise<string> {
  const { database } = fresh;
  const place: Place = { databaseUrl: fresh.url, redisUrl };
  for (const statement of PEER_TABLES.split(';')) await database.as(SERVICE).rows(sql`${raw(statement)}`);
  const jobs = async (count: number, seconds: number) => {
    const from = (await database.now()).epochMilliseconds + seconds * 1_000;
    const all = Array.from({ length: count }, (_, n) => ({
      id: randomUUIDv7(),
      dueAt: from + (n + 1) * schedule.apartMs,
    }));
    await peer.schedule(place, all);
    if ((await database.now()).epochMilliseconds >= from) throw new Error('the instant came before all was set');
    return from;
  };
  await peer.schedule(place, []);
  const workers = await startProcesses(
    WORKERS,
    './peers/peer-process.js',
    [peer.name, place.databaseUrl, redisUrl],
    {},
  );
  try {
    await jobs(schedule.warmUp, 3);
    await waitFor(database, FIRED, schedule.warmUp, 60);
    const from = await jobs(schedule.count, LEAD_SECONDS);
    await database.as(SERVICE).rows(sql`VACUUM ANALYZE`);
    await waitFor(database, FIRED, schedule.warmUp + schedule.count, LEAD_SECONDS + 180);
    const found = await database.as(SERVICE).row<Percentiles & { n: number; early: number }>(
      sql`SELECT count(*) AS n, count(*) FILTER (WHERE ms < 0) AS early, ${percentilesOf('ms')}
       FROM (SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float8 * 1000 AS ms
             FROM bench_alert WHERE due_at >= ${Temporal.Instant.fromEpochMilliseconds(from)}) late`,
    );
    const { n, early } = found!;
    return `${scheduleInWords(schedule)}, ${peer.name} ${peer.version}, ${WORKERS} workers: ${percentilesInWords(found!)}; fired ${whole(n)}, early ${early}`;
  } finally {
    await workers.stop();
  }
}

const FIRED = sql`SELECT count(*) AS n FROM bench_alert`;
