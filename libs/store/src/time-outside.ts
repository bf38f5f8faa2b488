import type { Transaction } from './database.ts';
import { sql } from './sql.ts';

/**
 * The time by which others sign and by which they look at what we sign, to the millisecond: the hub's own, but in a sandbox.
 */
export async function timeOutside(on: Pick<Transaction, 'row'>): Promise<Temporal.Instant> {
  return (await on.row<{ at: Temporal.Instant }>(sql`SELECT mash.time_outside() AS at`))!.at;
}
