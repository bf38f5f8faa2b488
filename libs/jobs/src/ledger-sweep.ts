import { CourierAway, type Courier } from './courier.ts';
import type { JobRelay } from './job-relay.ts';
import type { JobRunner } from './job-runner.ts';
import type { Logger } from '#platform';

const EVERY_MS = 1_000;
/** Without the courier: so many jobs at once, and so many times in one round, before the courier is tried again. */
const BY_HAND = 4;
const TIMES = 50;

/** Each second: hands over what was missed, and does the work itself while the courier is away. */
export class LedgerSweep {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;
  private wasAway = false;

  constructor(
    private readonly courier: Courier,
    private readonly relay: JobRelay,
    private readonly runner: JobRunner,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopped = false;
    this.running = this.round();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
    await this.relay.settled();
  }

  private async round(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.log.error({ error }, 'the ledger was not swept; the next round will');
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, EVERY_MS);
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
      for (let time = 0; time < TIMES && !this.stopped; time++) {
        if ((await this.runner.runDue(BY_HAND)) < BY_HAND) break;
      }
    }
  }
}
