import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Database } from '#store';

/**
 * How late 1,000 deadlines due at one instant fire with one worker: from the step's instant to the commit of its
 * alert, both by the database's clock.
 *
 * @param deadlines undecided referrals whose first step is to be due at that instant
 */
export async function benchLateness(databaseUrl: string, database: Database, deadlines: number): Promise<string> {
  const worker = await startWorker(databaseUrl);
  try {
    await database.rows(
      `UPDATE deadline_step SET at = (SELECT mash.now()) + interval '3 seconds'
       WHERE id IN (SELECT id FROM deadline_step WHERE position = 0 AND state = 'waiting' LIMIT $1)`,
      [deadlines],
    );
    await untilFired(database, deadlines);
    const late = await database.row<{ n: number; p50: number; p99: number; max: number; early: number }>(
      `SELECT count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS p50,
         percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) AS p99, max(ms) AS max, count(*) FILTER (WHERE ms < 0) AS early
       FROM (SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - step_at)::float8 * 1000 AS ms FROM alert) late`,
    );
    const { n, p50, p99, max, early } = late!;
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return `Lateness of ${n} deadlines due at one instant, one worker: median ${ms(p50)}, p99 ${ms(p99)}, max ${ms(max)}; early ${early}`;
  } finally {
    worker.kill('SIGTERM');
  }
}

async function startWorker(databaseUrl: string): Promise<ChildProcess> {
  const worker = fork(fileURLToPath(new URL('../apps/worker/src/main.js', import.meta.url)), [], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      WORKER_PORT: '0',
      LOG_LEVEL: 'silent',
      SMTP_URL: 'smtp://127.0.0.1:9',
      CONSOLE_URL: 'http://127.0.0.1:3001',
    },
    stdio: 'inherit',
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('exit', () => reject(new Error('the worker did not start')));
  });
  return worker;
}

async function untilFired(database: Database, deadlines: number): Promise<void> {
  for (;;) {
    const fired = await database.row<{ n: number }>('SELECT count(*) AS n FROM alert');
    if (fired!.n >= deadlines) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
