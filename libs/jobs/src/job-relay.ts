import type { Logger } from '#platform';
import type { Database } from '#store';
import { CourierAway, type Courier, type HandedOver } from './courier.ts';

const BATCH = 200;
/** A job handed over but not complete after this long is handed over again. */
const LEASE_SECONDS = 60;

/** Hands ledger entries to the courier: at once after a commit, and what was missed each second. */
export class JobRelay {
  private handing: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly database: Database,
    private readonly courier: Courier,
    private readonly log: Logger,
  ) {}

  /** Says that there is something to hand over. Returns at once; calls made meanwhile are served together. */
  nudge(): void {
    if (this.handing !== null) {
      this.again = true;
      return;
    }
    this.handing = this.handOverAll()
      .catch((error: unknown) => {
        if (!(error instanceof CourierAway)) this.log.warn({ error }, 'jobs were not handed over; the sweep will');
      })
      .finally(() => {
        this.handing = null;
        if (this.again) {
          this.again = false;
          this.nudge();
        }
      });
  }

  /** Resolves when nothing is being handed over. */
  async settled(): Promise<void> {
    while (this.handing !== null) await this.handing;
  }

  /** @throws CourierAway when the courier does not take them; they stay in the ledger */
  async handOverAll(): Promise<void> {
    while ((await this.handOverBatch()) === BATCH);
  }

  /**
   * Makes everything handed over before be handed over again: the courier's store was emptied.
   * Jobs that were not lost are delivered twice, which costs nothing but the delivery.
   */
  async recoverLostJobs(): Promise<void> {
    await this.courier.placeSentinels();
    const lost = await this.database.rows(
      'UPDATE job SET handed_over_at = NULL WHERE completed_at IS NULL AND handed_over_at IS NOT NULL RETURNING id',
    );
    if (lost.length > 0) this.log.warn({ jobs: lost.length }, 'the queue store was emptied; handing over again');
  }

  /** Makes jobs whose lease has run out be handed over again. */
  async reclaimExpired(): Promise<void> {
    await this.database.rows(
      `UPDATE job SET handed_over_at = NULL
       WHERE completed_at IS NULL AND handed_over_at < (SELECT mash.now()) - make_interval(secs => $1)`,
      [LEASE_SECONDS],
    );
  }

  private async handOverBatch(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const jobs = await tx.rows<HandedOver>(
        `SELECT id, name, priority, hand_overs + 1 AS "handOver" FROM job
         WHERE completed_at IS NULL AND handed_over_at IS NULL AND run_after <= $1
         ORDER BY priority, run_after LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [tx.now],
      );
      if (jobs.length === 0) return 0;
      await this.courier.carry(jobs);
      await tx.update('UPDATE job SET handed_over_at = $1, hand_overs = hand_overs + 1 WHERE id = ANY($2)', [
        tx.now,
        jobs.map((job) => job.id),
      ]);
      return jobs.length;
    });
  }
}
