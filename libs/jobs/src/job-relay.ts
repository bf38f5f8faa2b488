import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { LOG, Loop, type Logger } from '#platform';
import { SERVICE, Database, sql } from '#store';
import { Courier, CourierAway, type HandedOver } from './courier.ts';

const BATCH = 200;
/** So long it waits after handing over: BullMQ takes as long for many jobs as for one, and no person waits for a job. */
const GATHER_MS = 40;
/** After this long a job that is not complete is looked for, and handed over again if the courier has lost it. */
const LEASE_SECONDS = 15;

/** Is told that the ledger has new entries, after the commit of the act that made them. */
export abstract class JobNudge {
  /** Returns at once. */
  abstract nudge(): void;
}

/** For an app that has no courier: the sweep of the workers finds the entries within a second. */
@Injectable()
export class LeaveToSweep extends JobNudge {
  nudge(): void {
    // Nothing to do.
  }
}

/** Hands ledger entries to the courier: at once after a commit, and those that were missed each second. */
@Injectable()
export class JobRelay extends JobNudge {
  private readonly rounds: Loop;

  constructor(
    private readonly database: Database,
    private readonly courier: Courier,
    @Inject(LOG) private readonly log: Logger,
  ) {
    super();
    this.rounds = new Loop('handing jobs over', null, () => this.handOverUnlessAway(), log);
    this.rounds.listen();
  }

  /** Says that there is something to hand over. Calls that are made meanwhile, or a moment later, are served together. */
  nudge(): void {
    this.rounds.nudge();
  }

  /** Resolves when nothing is being handed over. */
  async settled(): Promise<void> {
    await this.rounds.settled();
  }

  private async handOverUnlessAway(): Promise<void> {
    try {
      await this.handOverAll();
      await wait(GATHER_MS);
    } catch (error) {
      // While the courier is away the sweep says so, once.
      if (!(error instanceof CourierAway)) throw error;
    }
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
    const lost = await this.database
      .as(SERVICE)
      .rows(
        sql`UPDATE job SET handed_over_at = NULL WHERE completed_at IS NULL AND handed_over_at IS NOT NULL RETURNING id`,
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
    const expired = await this.database.as(SERVICE).rows<HandedOver>(
      sql`SELECT id, name, priority, hand_overs AS "handOver" FROM job
       WHERE completed_at IS NULL AND handed_over_at < (SELECT mash.now()) - make_interval(secs => ${LEASE_SECONDS})
       ORDER BY priority, handed_over_at LIMIT ${BATCH}`,
    );
    if (expired.length === 0) return;
    const kept = await this.courier.has(expired);
    await this.database.as(SERVICE).rows(
      sql`UPDATE job SET handed_over_at = CASE WHEN id = ANY(${kept}) THEN mash.now() END
       WHERE id = ANY(${expired.map(({ id }) => id)}) AND completed_at IS NULL AND handed_over_at IS NOT NULL`,
    );
  }

  /** The mark is committed before the courier gets the job, so that the worker that runs the job finds the row free. */
  private async handOverBatch(): Promise<number> {
    const jobs = await this.database.as(SERVICE).rows<HandedOver>(
      sql`UPDATE job SET handed_over_at = mash.now(), hand_overs = hand_overs + 1
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
      await this.database
        .as(SERVICE)
        .rows(
          sql`UPDATE job SET handed_over_at = NULL WHERE id = ANY(${jobs.map(({ id }) => id)}) AND completed_at IS NULL`,
        );
      throw error;
    }
    return jobs.length;
  }
}
