import { sql, type Transaction } from '#store';
import { JOBS, type JobName, type JobPayloads } from './catalogue.ts';

/** How a job that is still to be done has fared. */
export interface FailedTries {
  readonly failures: number;
  /** Whether it failed so often that an operator was told. */
  readonly isOperatorTold: boolean;
}

/** The failed tries of a job of the ledger; none where it is done or not there. */
export async function failedTries<N extends JobName>(
  tx: Transaction,
  name: N,
  payload: JobPayloads[N],
): Promise<FailedTries> {
  const found = await tx.row<{ failures: number }>(sql`
    SELECT failures FROM job WHERE name = ${name} AND payload = ${JSON.stringify(payload)}::jsonb AND completed_at IS NULL
    ORDER BY failures DESC LIMIT 1`);
  const failures = found?.failures ?? 0;
  return { failures, isOperatorTold: failures >= JOBS[name].attempts };
}
