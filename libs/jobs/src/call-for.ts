import { sql, type Transaction } from '#store';
import type { JobName, JobPayloads } from './catalogue.ts';
import { jobRows } from './job-rows.ts';
import { isJobWaiting } from './waiting-job.ts';

/**
 * Calls for a job of which there is one at a time: added where none is open, and brought forward where one is that was to
 * come later. One that has failed keeps its time. The caller holds a lock that its handler takes too.
 *
 * @param at when it is to be done
 */
export async function callFor<N extends JobName>(
  tx: Transaction,
  name: N,
  payload: JobPayloads[N],
  at: Temporal.Instant,
): Promise<void> {
  // A job that runs now is locked by its worker, and is not among these: its time has come.
  const broughtForward = await tx.run(sql`
    UPDATE job SET run_after = ${at}
    WHERE name = ${name} AND payload = ${JSON.stringify(payload)}::jsonb AND completed_at IS NULL
      AND handed_over_at IS NULL AND failures = 0 AND run_after > ${at}`);
  if (broughtForward > 0 || (await isJobWaiting(tx, name, payload))) return;
  await tx.insert(jobRows(tx, name, [payload], 'green', at));
}
