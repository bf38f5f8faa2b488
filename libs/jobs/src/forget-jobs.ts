import { sql, type Transaction } from '#store';

/** Forgets jobs that were done before an instant. The ids of jobs are in the order in which they were made. @returns how many */
export function forgetJobs(tx: Transaction, before: Temporal.Instant, atMost: number): Promise<number> {
  return tx.run(sql`
    DELETE FROM job WHERE id IN (SELECT id FROM job WHERE completed_at < ${before} ORDER BY id LIMIT ${atMost})`);
}
