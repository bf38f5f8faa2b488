import { runInRequestContext, type Logger } from '#platform';
import type { Database, Transaction } from '#store';
import { isJobName, JOBS, type JobHandlers, type JobName } from './catalogue.ts';

interface LedgerEntry {
  readonly id: string;
  readonly name: string;
  readonly payload: never;
  readonly failures: number;
}

const SLOWEST_RETRY_SECONDS = 300;

/** Does jobs: each in one transaction with the mark that it is done. */
export class JobRunner {
  constructor(
    private readonly database: Database,
    private readonly handlers: JobHandlers,
    private readonly log: Logger,
  ) {}

  /**
   * Does a job unless it is done. While somebody else is doing it, waits to see whether it got done. A failure goes
   * into the ledger with the time of the next try, and no further: its text may hold what nobody should read.
   */
  async run(jobId: string): Promise<void> {
    await this.attempt(jobId, 'FOR UPDATE');
  }

  /**
   * Does due jobs without the courier, most urgent first: what a worker does while the courier is away.
   *
   * @param atOnce how many at the same time
   * @returns how many there were to try
   */
  async runDue(atOnce: number): Promise<number> {
    const due = await this.database.rows<{ id: string }>(
      `SELECT id FROM job WHERE completed_at IS NULL AND run_after <= (SELECT mash.now())
       ORDER BY priority, run_after LIMIT $1`,
      [atOnce],
    );
    await Promise.all(due.map(({ id }) => this.attempt(id, 'FOR UPDATE SKIP LOCKED')));
    return due.length;
  }

  private async attempt(jobId: string, lock: 'FOR UPDATE' | 'FOR UPDATE SKIP LOCKED'): Promise<void> {
    await runInRequestContext({ requestId: jobId }, async () => {
      let entry: LedgerEntry | null = null;
      try {
        await this.database.transaction(async (tx) => {
          entry = await tx.row<LedgerEntry>(
            `SELECT id, name, payload, failures FROM job WHERE id = $1 AND completed_at IS NULL ${lock}`,
            [jobId],
          );
          if (entry === null) return;
          await this.handle(entry, tx);
          await tx.update('UPDATE job SET completed_at = mash.now() WHERE id = $1', [jobId]);
        });
      } catch (error) {
        if (entry === null) this.log.warn({ job: jobId, error }, 'a job could not be begun; it stays in the ledger');
        else await this.recordFailure(entry, error);
      }
    });
  }

  private async handle({ name, payload }: LedgerEntry, tx: Transaction): Promise<void> {
    if (!isJobName(name)) throw new Error(`There is no job of the name ${name}`);
    const handler: (payload: never, tx: Transaction) => Promise<void> = this.handlers[name];
    await handler(payload, tx);
  }

  private async recordFailure({ id, name, failures }: LedgerEntry, error: unknown): Promise<void> {
    const { attempts, retryAfterSeconds } = JOBS[name as JobName] ?? { attempts: 1, retryAfterSeconds: 60 };
    const delay = Math.min(retryAfterSeconds * 2 ** Math.min(failures, 10), SLOWEST_RETRY_SECONDS);
    const failed = failures + 1;
    this.log[failed >= attempts ? 'error' : 'info']({ job: id, name, failures: failed, error }, 'a job failed');
    await this.database
      .rows(
        `UPDATE job SET failures = $2, last_failure = $3, handed_over_at = NULL,
           run_after = (SELECT mash.now()) + make_interval(secs => $4)
         WHERE id = $1 AND completed_at IS NULL`,
        [id, failed, error instanceof Error ? error.name : 'unknown', delay],
      )
      .catch((unsaid: unknown) => this.log.warn({ error: unsaid }, 'a failure could not be recorded'));
  }
}
