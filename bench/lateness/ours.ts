import { SERVICE, type Database, sql } from '#store';
import { startMailbox } from '../../scripts/demonstration/mailbox.ts';
import type { FreshDatabase } from '../fresh-database.ts';
import { percentilesInWords, percentilesOf, whole, type Percentiles } from '../in-words.ts';
import { manyReferrals } from '../many-referrals.ts';
import type { OwnRedis } from '../../scripts/stand-ins/redis-server.ts';
import { waitFor } from '../wait-for.ts';
import { startWorkers } from '../workers.ts';
import { LEAD_SECONDS, scheduleInWords, type Schedule } from './schedule.ts';

export interface OurRun {
  readonly schedule: Schedule;
  readonly rating: 'red' | 'amber';
  readonly workers: number;
  /** Null: the queues are in PostgreSQL. */
  readonly redis: OwnRedis | null;
  /** Whether Redis is killed before the instant. */
  readonly killRedis: boolean;
}

/**
 * How late our deadlines fire: from the step's instant to the commit of its alert, both by the database's clock. The
 * workers do all that they do: they send the e-mails of what they fired, to a mail server that takes everything.
 */
export async function benchOurs(fresh: FreshDatabase, run: OurRun): Promise<string> {
  const { schedule, redis } = run;
  const { database } = fresh;
  await manyReferrals(fresh, run.rating, schedule.warmUp + schedule.count);
  await database.as(SERVICE).rows(sql`VACUUM ANALYZE`);
  const mailbox = await startMailbox(0);
  const workers = await startWorkers(run.workers, {
    DATABASE_URL: fresh.url,
    SMTP_URL: mailbox.smtpUrl,
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  });
  try {
    await setDue(database, await inSeconds(database, 1), { ...schedule, count: schedule.warmUp });
    await waitFor(database, FIRED, schedule.warmUp, 60);
    const from = await inSeconds(database, LEAD_SECONDS);
    await setDue(database, from, schedule);
    await database.as(SERVICE).rows(sql`VACUUM ANALYZE deadline_step`);
    if (run.killRedis) await redis!.kill();
    await assertStillAhead(database, from);
    await waitFor(database, FIRED, schedule.warmUp + schedule.count, LEAD_SECONDS + 180);
    return await inWords(database, from, run);
  } finally {
    await workers.stop();
    await mailbox.close();
  }
}

const FIRED = sql`SELECT count(*) AS n FROM alert WHERE referral_id IS NOT NULL`;

/** Every first step of so many referrals, at that instant or one after the other from then on. */
async function setDue(database: Database, from: Temporal.Instant, { count, apartMs }: Schedule): Promise<void> {
  await database.as(SERVICE).rows(
    sql`UPDATE deadline_step SET at = due.at, fire_at = due.at
     FROM (SELECT id, ${from}::timestamptz + make_interval(secs => row_number() OVER (ORDER BY id) * ${apartMs}::float8 / 1000) AS at
           FROM deadline_step WHERE position = 0 AND state = 'waiting' ORDER BY id LIMIT ${count}) due
     WHERE due.id = deadline_step.id`,
  );
}

async function inSeconds(database: Database, seconds: number): Promise<Temporal.Instant> {
  return (await database.now()).add({ seconds });
}

/** A figure that began before everything was in place is no figure. */
async function assertStillAhead(database: Database, from: Temporal.Instant): Promise<void> {
  if (Temporal.Instant.compare(await database.now(), from) >= 0) throw new Error('the instant came before all was set');
}

async function inWords(database: Database, from: Temporal.Instant, run: OurRun): Promise<string> {
  const { schedule, workers, rating, redis } = run;
  const found = await database.as(SERVICE).row<Percentiles & { n: number; twice: number; early: number }>(
    sql`SELECT count(*) AS n, count(*) - count(DISTINCT deadline_id) AS twice, count(*) FILTER (WHERE ms < 0) AS early,
       ${percentilesOf('ms')}
     FROM (SELECT deadline_id, extract(epoch FROM pg_xact_commit_timestamp(xmin) - step_at)::float8 * 1000 AS ms
           FROM alert WHERE referral_id IS NOT NULL AND step_at >= ${from}) late`,
  );
  const { n, twice, early } = found!;
  const store = run.killRedis ? 'the queue store stopped' : redis === null ? 'queues in PostgreSQL' : 'queues on Redis';
  const by = workers === 1 ? 'one worker' : `${workers} workers`;
  return (
    `${scheduleInWords(schedule)} ${rating}, ${by}, ${store}: ${percentilesInWords(found!)}; ` +
    `fired ${whole(n)}, twice ${twice}, early ${early}`
  );
}
