import { Inject, Injectable } from '@nestjs/common';
import { LOG, Loop, type Logger } from '#platform';
import { Courier, CourierAway } from './courier.ts';
import { JobRelay } from './job-relay.ts';
import { JobRunner } from './job-runner.ts';

const EVERY_MS = 1_000;
/** Without the courier: so many jobs at once, and so many times in one round, before the courier is tried again. */
const BY_HAND = 4;
const TIMES = 50;

/** Each second: hands over the jobs that were missed, and does the work itself while the courier is away. */
@Injectable()
export class LedgerSweep {
  private readonly rounds: Loop;
  private wasAway = false;
  private isStopped = false;

  constructor(
    private readonly courier: Courier,
    private readonly relay: JobRelay,
    private readonly runner: JobRunner,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.rounds = new Loop('sweeping the ledger', EVERY_MS, () => this.sweep(), log);
  }

  start(): void {
    this.rounds.start();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.rounds.stop();
    await this.relay.settled();
  }

  private async sweep(): Promise<void> {
    try {
      if (!(await this.courier.isIntact())) await this.relay.recoverLostJobs();
      await this.relay.reclaimExpired();
      await this.relay.handOverAll();
      if (this.wasAway) this.log.warn({}, 'the queue store is back');
      this.wasAway = false;
    } catch (error) {
      if (!(error instanceof CourierAway)) throw error;
      if (!this.wasAway) this.log.error({ error }, 'the queue store is away: this worker does the jobs itself');
      this.wasAway = true;
      for (let time = 0; time < TIMES && !this.isStopped; time++) {
        if ((await this.runner.runDue(BY_HAND)) < BY_HAND) break;
      }
    }
  }
}
