import { Inject, Injectable } from '@nestjs/common';
import { backoffSeconds, inSpan, LOG, runInRequestContext, type Logger } from '#platform';
import { Database, SERVICE, sql, type Sql, type Transaction } from '#store';
import { isJobName, JOB_HANDLERS, JOBS, type JobHandlers } from './catalogue.ts';

interface LedgerEntry {
  readonly id: string;
  readonly name: string;
  readonly payload: never;
  readonly failures: number;
  readonly traceParent: string | null;
}

/** Locks a job that is not complete; waits while another worker does it. */
const AND_WAIT = (jobId: string) => sql`
  SELECT id, name, payload, failures, trace_parent AS "traceParent" FROM job WHERE id = ${jobId} AND completed_at IS NULL FOR UPDATE`;
/** Locks a job that is not complete and that no other worker does. */
const UNLESS_LOCKED = (jobId: string) => sql`
  SELECT id, name, payload, failures, trace_parent AS "traceParent" FROM job WHERE id = ${jobId} AND completed_at IS NULL FOR UPDATE SKIP LOCKED`;
/** For a job whose name is not in the catalogue. */
const UNKNOWN = { attempts: 1, retry: { firstSeconds: 60, slowestSeconds: 300 } };

/** Does jobs: each in one transaction with the mark that it is done. */
@Injectable()
export class JobRunner {
  constructor(
    private readonly database: Database,
    @Inject(JOB_HANDLERS) private readonly handlers: JobHandlers,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Does a job unless it is done. While another worker does the job, it waits and looks whether the job got done. A
   * failure goes into the ledger with the time of the next try, and no further: its text may hold personal data.
   */
  async run(jobId: string): Promise<void> {
    await this.attempt(jobId, AND_WAIT);
  }

  /**
   * Does due jobs without the courier, most urgent first: what a worker does while the courier is away.
   *
   * @param atOnce how many at the same time
   * @returns how many there were to try
   */
  async runDue(atOnce: number): Promise<number> {
    const due = await this.database.as(SERVICE).rows<{ id: string }>(
      sql`SELECT id FROM job WHERE completed_at IS NULL AND run_after <= (SELECT mash.now())
       ORDER BY priority, run_after LIMIT ${atOnce}`,
    );
    await Promise.all(due.map(({ id }) => this.attempt(id, UNLESS_LOCKED)));
    return due.length;
  }

  private async attempt(jobId: string, lock: (jobId: string) => Sql): Promise<void> {
    await runInRequestContext({ requestId: jobId }, async () => {
      let entry: LedgerEntry | null = null;
      try {
        await this.database.as(SERVICE).transaction(async (tx) => {
          entry = await tx.row<LedgerEntry>(lock(jobId));
          if (entry === null) return;
          await this.handle(entry, tx);
          await tx.run(sql`UPDATE job SET completed_at = mash.now() WHERE id = ${jobId}`);
        });
      } catch (error) {
        if (entry === null) this.log.warn({ job: jobId, error }, 'a job could not be begun; it stays in the ledger');
        else await this.recordFailure(entry, error);
      }
    });
  }

  private async handle({ id, name, payload, failures, traceParent }: LedgerEntry, tx: Transaction): Promise<void> {
    if (!isJobName(name)) throw new Error(`There is no job of the name ${name}`);
    const handler: (payload: never, tx: Transaction) => Promise<void> = this.handlers[name];
    const attributes = { 'mash.job.id': id, 'mash.job.name': name, 'mash.job.failures': failures };
    const span = { name: `job ${name}`, kind: 'consumer', attributes, parent: traceParent } as const;
    await inSpan(span, () => handler(payload, tx));
  }

  private async recordFailure({ id, name, failures }: LedgerEntry, error: unknown): Promise<void> {
    const { attempts, retry } = isJobName(name) ? JOBS[name] : UNKNOWN;
    const failed = failures + 1;
    const delay = backoffSeconds(failed, retry);
    this.log[failed >= attempts ? 'error' : 'info']({ job: id, name, failures: failed, error }, 'a job failed');
    await this.database
      .as(SERVICE)
      .rows(
        sql`UPDATE job SET failures = ${failed}, last_failure = ${error instanceof Error ? error.name : 'unknown'}, handed_over_at = NULL,
           run_after = (SELECT mash.now()) + make_interval(secs => ${delay})
         WHERE id = ${id} AND completed_at IS NULL`,
      )
      .catch((unsaid: unknown) => this.log.warn({ error: unsaid }, 'a failure could not be recorded'));
  }
}
