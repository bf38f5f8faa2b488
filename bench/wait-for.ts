import { SERVICE, type Database } from '#store';

const EVERY_MS = 500;

/**
 * Waits until a query counts so many.
 *
 * @param sql gives one row with `n`
 * @param seconds after which the measurement has failed
 * @throws Error that says how far it got
 */
export async function waitFor(
  database: Database,
  sql: string,
  parameters: readonly unknown[],
  wanted: number,
  seconds: number,
): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const { n } = (await database.as(SERVICE).row<{ n: number }>(sql, parameters))!;
    if (n >= wanted) return;
    if (performance.now() > end) throw new Error(`${n} of ${wanted} after ${seconds} s: ${sql}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
