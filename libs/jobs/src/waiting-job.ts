import { sql, type Transaction } from '#store';
import type { JobName, JobPayloads } from './catalogue.ts';

/** Whether a job of the ledger is still to be done. */
export async function isJobWaiting<N extends JobName>(
  tx: Transaction,
  name: N,
  payload: JobPayloads[N],
): Promise<boolean> {
  const waiting = await tx.row(sql`
    SELECT 1 FROM job WHERE name = ${name} AND payload = ${JSON.stringify(payload)}::jsonb AND completed_at IS NULL LIMIT 1`);
  return waiting !== null;
}
