import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { raw, SERVICE, sql, type Database } from '#store';
import { startMailbox } from '../scripts/demonstration/mailbox.ts';
import { startRedis, type OwnRedis } from '../scripts/stand-ins/redis-server.ts';
import { scenarioBody, type FreshDatabase } from './fresh-database.ts';
import { print, whole } from './in-words.ts';
import { SCENARIOS } from './many-referrals.ts';
import { waitFor } from './wait-for.ts';
import { ACTS, asUser, noteWhoActs, whoDidWhat, type Act } from './who-acts.ts';
import { startProcesses, startWorkers, type Running } from './workers.ts';

const REFERRALS = 2_000;
/** How long the idle rounds of all processes are counted. */
const IDLE_SECONDS = 20;
const CONNECTIONS = 8;
const APIS = ['api_1', 'api_2'] as const;
const WORKERS = ['worker_1', 'worker_2', 'worker_3'] as const;
const FIRST_API_PORT = 3920;

/**
 * Two apis and three workers on one database: who does how much, on both queue stores. Every process has a user of its
 * own, so that PostgreSQL says which of them did what. Nothing may be lost or done twice.
 */
export async function benchSpread(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const redis = await startRedis(true);
  if (redis === null) print('There is no redis-server: the queues on Redis are left out');
  for (const store of redis === null ? [null] : [null, redis]) {
    const on = await fresh(store === null ? 'spread_postgres' : 'spread_redis');
    try {
      print(await spread(on, store));
    } finally {
      await on.close();
    }
  }
  await redis?.kill();
}

async function spread({ url, database, token }: FreshDatabase, redis: OwnRedis | null): Promise<string> {
  await noteWhoActs(database, [...APIS, ...WORKERS]);
  const mailbox = await startMailbox(0);
  const environment = (user: string) => ({
    DATABASE_URL: asUser(user, url),
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
  });
  const running: Running[] = [];
  try {
    for (const worker of WORKERS) {
      running.push(await startWorkers(1, { ...environment(worker), SMTP_URL: mailbox.smtpUrl }));
    }
    for (const [n, api] of APIS.entries()) {
      const settings = { API_PORT: String(FIRST_API_PORT + n), RATE_SUBMISSIONS: '100000' };
      running.push(await startProcesses(1, './server.js', ['api'], { ...environment(api), ...settings }));
    }
    const begun = performance.now();
    await Promise.all(APIS.map((_, n) => submit(FIRST_API_PORT + n, token, REFERRALS / APIS.length)));
    const accepted = performance.now();
    await waitFor(
      database,
      sql`SELECT count(*) AS n FROM job WHERE completed_at IS NOT NULL`,
      await jobs(database),
      180,
    );
    const done = performance.now();
    await database.as(SERVICE).run(sql`
      UPDATE deadline_step SET at = mash.now(), fire_at = mash.now() WHERE position = 0 AND state = 'waiting'`);
    const isSent = raw("state IN ('accepted', 'delivered', 'not_needed')");
    await waitFor(database, sql`SELECT count(DISTINCT referral_id) AS n FROM alert`, REFERRALS, 180);
    const fired = performance.now();
    const ours = sql`SELECT count(*) AS n FROM delivery WHERE ${isSent} AND alert_id IN (SELECT id FROM alert WHERE referral_id IS NOT NULL)`;
    const wanted = sql`SELECT count(*) AS n FROM delivery WHERE alert_id IN (SELECT id FROM alert WHERE referral_id IS NOT NULL)`;
    await waitFor(database, ours, (await database.as(SERVICE).row<{ n: number }>(wanted))!.n, 300);
    const store = redis === null ? 'PostgreSQL' : 'Redis';
    const seconds = (from: number, to: number) => ((to - from) / 1_000).toFixed(1);
    return [
      `${APIS.length} apis and ${WORKERS.length} workers, queues in ${store}: ${whole(REFERRALS)} reds accepted in ` +
        `${seconds(begun, accepted)} s, the last job done ${seconds(accepted, done)} s later; their first steps all due at ` +
        `once: the last fired within ${seconds(done, fired)} s, the last message sent ${seconds(fired, performance.now())} s later`,
      ...inWords(await whoDidWhat(database)),
      await idle(database),
    ].join('\n');
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await mailbox.close();
  }
}

async function submit(port: number, token: string, amount: number): Promise<void> {
  const body = JSON.stringify(scenarioBody(SCENARIOS.red));
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/api/v1/referrals`,
    connections: CONNECTIONS,
    amount,
    requests: [
      {
        method: 'POST',
        body,
        setupRequest: (request) => ({
          ...request,
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${token}`,
            'Idempotency-Key': randomUUID(),
          },
        }),
      },
    ],
  });
  if (result['2xx'] !== amount) throw new Error(`${result['2xx']} of ${amount} referrals were accepted on ${port}`);
}

async function jobs(database: Database): Promise<number> {
  return (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM job`))!.n;
}

/** What the processes cost PostgreSQL while there is nothing to do. */
async function idle(database: Database): Promise<string> {
  const service = database.as(SERVICE);
  const commits = async () =>
    (await service.row<{ n: number }>(
      sql`SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()`,
    ))!.n;
  const before = await commits();
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1_000));
  const perSecond = ((await commits()) - before) / IDLE_SECONDS;
  const open = await service.rows<{ who: string; n: number }>(sql`
    SELECT usename AS who, count(*) AS n FROM pg_stat_activity
    WHERE datname = current_database() AND usename = ANY(${[...APIS, ...WORKERS]}) GROUP BY 1 ORDER BY 1`);
  const connections = open.map(({ who, n }) => `${who} ${n}`).join(', ');
  return `  with nothing to do: ${perSecond.toFixed(1)} transactions a second; connections ${connections}`;
}

/** @throws Error when one process did all of something: alerts fire by the batch, so that not each has to have a part */
function inWords(shares: Readonly<Record<Act, Readonly<Record<string, number>>>>): readonly string[] {
  return (Object.keys(ACTS) as Act[]).map((act) => {
    const own = (act === 'accepted' ? APIS : WORKERS).map((who) => shares[act][who] ?? 0);
    if (own.filter((share) => share > 0).length < 2) throw new Error(`one process alone had a part in ${ACTS[act]}`);
    const total = own.reduce((sum, share) => sum + share, 0);
    return `  ${ACTS[act]}: ${whole(total)}, by process ${own.map(whole).join(', ')}; none twice`;
  });
}
