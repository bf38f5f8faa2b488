import type { Logger } from './logging.ts';

/** Milliseconds until a round is due; left out, the loop's own. */
type UntilNext = number | void;

/**
 * Does the same work again and again: the one start and stop of everything that runs by itself. A round never overlaps
 * with another of the same loop. A round that fails is logged, and the next one comes as usual.
 */
export class Loop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isNudged = false;
  private isStopped = true;
  private lastDoneAt = -Infinity;

  /**
   * @param what the work in words, for the log
   * @param everyMs milliseconds from the end of one round to the beginning of the next; null where a round comes only
   * when it is asked for. Work that returns milliseconds says itself when the next is due.
   */
  constructor(
    private readonly what: string,
    private readonly everyMs: number | null,
    private readonly work: () => Promise<UntilNext>,
    private readonly log: Logger,
  ) {}

  /** The first round comes at once. */
  start(): void {
    this.isStopped = false;
    this.nudge();
  }

  /** Lets rounds come when they are asked for. Without a first one. */
  listen(): void {
    this.isStopped = false;
  }

  /** Lets the round that runs finish; no other begins. */
  async stop(): Promise<void> {
    this.isStopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.settled();
  }

  /** Asks for a round now. While one runs, another follows it; requests made meanwhile are served together. */
  nudge(): void {
    if (this.isStopped) return;
    if (this.running !== null) {
      this.isNudged = true;
      return;
    }
    if (this.timer !== null) clearTimeout(this.timer);
    this.running = this.round();
  }

  /** Resolves when no round runs. */
  async settled(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  /** Milliseconds since the last round that went well, on this process's own monotonic clock. */
  get idleMs(): number {
    return performance.now() - this.lastDoneAt;
  }

  private async round(): Promise<void> {
    let untilNext: UntilNext = undefined;
    try {
      untilNext = await this.work();
      this.lastDoneAt = performance.now();
    } catch (error) {
      this.log.error({ error }, `${this.what} failed; the next round tries again`);
    }
    this.running = null;
    if (this.isStopped) return;
    if (this.isNudged) {
      this.isNudged = false;
      return this.nudge();
    }
    const delay = untilNext ?? this.everyMs;
    if (delay !== null) this.timer = setTimeout(() => this.nudge(), delay);
  }
}
