import { SERVICE, sql } from '#store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startMailbox } from '../scripts/demonstration/mailbox.ts';
import { startEmbeddedPostgres } from '../scripts/demonstration/embedded-postgres.ts';
import { freshDatabase } from './fresh-database.ts';
import { print, whole } from './in-words.ts';
import { manyReferrals } from './many-referrals.ts';
import { startWorkers } from './workers.ts';

const PORT = 3914;
const RESTARTS = 5;
/** Alerts fall due one after the other, so that there is always one that has just become due. */
const APART_MS = 50;
const ALERTS = 2_000;
const AFTER_KILL_SECONDS = 10;

/**
 * How soon alerts fire again after PostgreSQL was restarted under load, and how late they are when half the workers
 * are killed. On a PostgreSQL of its own, since it is stopped.
 */
export async function benchRecovery(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'mash-bench-recovery-'));
  const options = { dataDir, port: PORT, settings: ['track_commit_timestamp=on'] };
  let postgres = await startEmbeddedPostgres(options);
  const mailbox = await startMailbox(0);
  const fresh = await freshDatabase(postgres, 'recovery');
  await manyReferrals(fresh, 'red', ALERTS);
  await fresh.database.as(SERVICE).rows(
    sql`UPDATE deadline_step SET at = due.at, fire_at = due.at FROM (
       SELECT id, mash.now() + make_interval(secs => 5 + row_number() OVER (ORDER BY id) * ${APART_MS / 1000}::float8) AS at
       FROM deadline_step WHERE position = 0) due WHERE due.id = deadline_step.id`,
  );
  await fresh.close();
  const environment = { DATABASE_URL: fresh.url, SMTP_URL: mailbox.smtpUrl };
  const half = await startWorkers(1, environment);
  const others = await startWorkers(1, environment);
  try {
    const first: number[] = [];
    for (let restart = 0; restart < RESTARTS; restart++) {
      await soon(fresh.url, `SELECT 1 FROM alert WHERE fired_at > clock_timestamp() - interval '1 second'`, []);
      await postgres.stop();
      postgres = await startEmbeddedPostgres(options);
      const accepts = await soon(fresh.url, 'SELECT clock_timestamp()::text AS at', []);
      const fired = await soon(fresh.url, FIRST_AFTER, [accepts['at']]);
      first.push(Number(fired['ms']));
    }
    print(
      `PostgreSQL restarted ${RESTARTS} times under load, 2 workers: the first alert ${first.map(whole).join(', ')} ms ` +
        `after it accepted connections`,
    );
    const killed = await soon(fresh.url, 'SELECT clock_timestamp()::text AS at', []);
    half.kill();
    await soon(fresh.url, `SELECT 1 WHERE clock_timestamp() > $1::timestamptz + $2::interval`, [
      killed['at'],
      `${AFTER_KILL_SECONDS + 2} seconds`,
    ]);
    const late = await soon(fresh.url, LATENESS_AFTER, [killed['at'], `${AFTER_KILL_SECONDS} seconds`]);
    print(
      `1 of 2 workers killed: lateness of the ${String(late['n'])} alerts of the next ${AFTER_KILL_SECONDS} s, ` +
        `max ${whole(Number(late['max']))} ms; twice ${String(late['twice'])}`,
    );
  } finally {
    half.kill();
    await others.stop();
    await mailbox.close();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const COMMITTED = 'pg_xact_commit_timestamp(xmin)';
const FIRST_AFTER = `SELECT extract(epoch FROM min(${COMMITTED}) - $1::timestamptz) * 1000 AS ms FROM alert
  WHERE told <> '{}' AND ${COMMITTED} > $1::timestamptz HAVING count(*) > 0`;
const LATENESS_AFTER = `SELECT count(*) AS n, max(extract(epoch FROM ${COMMITTED} - step_at) * 1000) AS max,
    count(*) - count(DISTINCT deadline_id) AS twice
  FROM alert WHERE told <> '{}' AND step_at > $1::timestamptz AND step_at < $1::timestamptz + $2::interval`;

/** The first row that a query gives, asked on new connections until there is one. */
async function soon(url: string, sql: string, parameters: readonly unknown[]): Promise<Record<string, unknown>> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(sql, [...parameters]);
      if (rows[0] !== undefined) return rows[0];
    } catch (error) {
      if (!/ECONN|starting up|shutting down|terminat/i.test(String(error))) throw error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
