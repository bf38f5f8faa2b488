import type { Logger } from '#platform';
import type { Database } from '#store';
import { CourierAway, type Courier, type HandedOver } from './courier.ts';

const BATCH = 200;
/** After this long a job that is not complete is looked for, and handed over again if the courier has lost it. */
const LEASE_SECONDS = 15;

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

  /**
   * Looks after jobs handed over a while ago and still not complete: those that the courier no longer has are handed
   * over again, those that wait there are left to it.
   *
   * @throws CourierAway
   */
  async reclaimExpired(): Promise<void> {
    const expired = await this.database.rows<HandedOver>(
      `SELECT id, name, priority, hand_overs AS "handOver" FROM job
       WHERE completed_at IS NULL AND handed_over_at < (SELECT mash.now()) - make_interval(secs => $1)
       ORDER BY priority, handed_over_at LIMIT ${BATCH}`,
      [LEASE_SECONDS],
    );
    if (expired.length === 0) return;
    const kept = await this.courier.has(expired);
    await this.database.rows(
      `UPDATE job SET handed_over_at = CASE WHEN id = ANY($2) THEN mash.now() END
       WHERE id = ANY($1) AND completed_at IS NULL AND handed_over_at IS NOT NULL`,
      [expired.map(({ id }) => id), kept],
    );
  }

  /** The mark is committed before the courier gets the job, so that whoever it gives it to finds the row free. */
  private async handOverBatch(): Promise<number> {
    const jobs = await this.database.rows<HandedOver>(
      `UPDATE job SET handed_over_at = mash.now(), hand_overs = hand_overs + 1
       WHERE id IN (
         SELECT id FROM job
         WHERE completed_at IS NULL AND handed_over_at IS NULL AND run_after <= (SELECT mash.now())
         ORDER BY priority, run_after LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
       RETURNING id, name, priority, hand_overs AS "handOver"`,
    );
    if (jobs.length === 0) return 0;
    try {
      await this.courier.carry(jobs);
    } catch (error) {
      await this.database.rows('UPDATE job SET handed_over_at = NULL WHERE id = ANY($1) AND completed_at IS NULL', [
        jobs.map(({ id }) => id),
      ]);
      throw error;
    }
    return jobs.length;
  }
}
