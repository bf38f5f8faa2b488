import type { Logger } from '#platform';
import type { Database } from '#store';
import type { FireDue } from './fire-due.ts';

/** The sweep: whatever a timer missed is fired within this. */
const SWEEP_MS = 1_000;
/** What is due and was not fired is held by another process, or cannot be: look again, but do not spin. */
const NOT_OURS_MS = 50;
const SHORTEST_MS = 1;

const FIRST_OF_EACH = [1, 2, 3]
  .map((urgency) => `(SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = ${urgency})`)
  .join(', ');

/**
 * Fires what is due, on the database's clock: a timer armed at the next due instant, and a sweep each second. Any
 * number of engines may run; each step fires once.
 */
export class DeadlineEngine {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;
  private lastRound = 0;

  constructor(
    private readonly database: Database,
    private readonly fireDue: FireDue,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopped = false;
    this.arm(0);
  }

  /** Lets the round that runs finish. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  /** Milliseconds since the last round that went well, on this process's own monotonic clock. */
  get idleMs(): number {
    return performance.now() - this.lastRound;
  }

  private arm(delayMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, delayMs);
  }

  private async round(): Promise<void> {
    let delay = SWEEP_MS;
    try {
      const fired = await this.fireDue.execute();
      const next = await this.untilNext();
      delay = next <= 0 && fired === 0 ? NOT_OURS_MS : Math.min(Math.max(next, SHORTEST_MS), SWEEP_MS);
      this.lastRound = performance.now();
    } catch (error) {
      this.log.error({ error }, 'the engine could not fire what is due; it tries again in a second');
    }
    this.arm(delay);
  }

  /** Milliseconds until the next step is due, by the database's clock; 0 or less when one is. */
  private async untilNext(): Promise<number> {
    const next = await this.database.row<{ ms: number | null }>(
      `SELECT (extract(epoch FROM least(${FIRST_OF_EACH}) - clock.now) * 1000)::float8 AS ms
       FROM (SELECT mash.now() AS now) clock`,
    );
    return next?.ms ?? SWEEP_MS;
  }
}
