import { SERVICE, type Database, type Sql } from '#store';

const EVERY_MS = 500;

/**
 * Waits until a query counts so many.
 *
 * @param counted gives one row with `n`
 * @param seconds after which the measurement has failed
 * @throws Error that says how far it got
 */
export async function waitFor(database: Database, counted: Sql, wanted: number, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (;;) {
    const { n } = (await database.as(SERVICE).row<{ n: number }>(counted))!;
    if (n >= wanted) return;
    if (performance.now() > end) throw new Error(`${n} of ${wanted} after ${seconds} s: ${counted.text}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}
