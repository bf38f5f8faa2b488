import { Inject, Injectable } from '@nestjs/common';
import { LOG, Loop, type Logger } from '#platform';
import { Database, SERVICE, sql } from '#store';
import { FireDue } from './fire-due.ts';

/** The sweep: a step that a timer missed is fired within this. */
const SWEEP_MS = 1_000;
/** A step that is due and was not fired is held by another process, or cannot be fired: look again, but do not spin. */
const NOT_OURS_MS = 50;
const SHORTEST_MS = 1;

/**
 * Fires the steps that are due, on the database's clock: a timer armed at the next due instant, and a sweep each
 * second. Any number of engines may run; each step fires once.
 */
@Injectable()
export class DeadlineEngine {
  private readonly rounds: Loop;

  constructor(
    private readonly database: Database,
    private readonly fireDue: FireDue,
    @Inject(LOG) log: Logger,
  ) {
    this.rounds = new Loop('firing the steps that are due', SWEEP_MS, () => this.round(), log);
  }

  start(): void {
    this.rounds.start();
  }

  /** Lets the round that runs finish. */
  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Milliseconds since the last round that went well, on this process's own monotonic clock. */
  get idleMs(): number {
    return this.rounds.idleMs;
  }

  /** @returns milliseconds until the next round is due */
  private async round(): Promise<number> {
    const fired = await this.fireDue.execute();
    const next = await this.untilNext();
    return next <= 0 && fired === 0 ? NOT_OURS_MS : Math.min(Math.max(next, SHORTEST_MS), SWEEP_MS);
  }

  /** Milliseconds until the next step is due, by the database's clock; 0 or less when one is. */
  private async untilNext(): Promise<number> {
    const next = await this.database.as(SERVICE).row<{ ms: number | null }>(sql`
      SELECT (extract(epoch FROM least(
          (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 1),
          (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 2),
          (SELECT min(fire_at) FROM deadline_step WHERE state = 'waiting' AND urgency = 3)) - clock.now)
        * 1000)::float8 AS ms
      FROM (SELECT mash.now() AS now) clock`);
    return next?.ms ?? SWEEP_MS;
  }
}
