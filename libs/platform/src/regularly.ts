import type { Logger } from './logging.ts';

/**
 * Repeats a piece of work until it is stopped, with a pause between the end of one run and the beginning of the next.
 * An error is logged, and the next run comes as usual.
 */
export class Regularly {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  /**
   * @param what the name of the work, for the log
   * @param everyMs milliseconds from the end of one run to the beginning of the next
   * @param work one run
   */
  constructor(
    private readonly what: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly log: Logger,
  ) {}

  /** Begins with the first run at once. */
  start(): void {
    this.stopped = false;
    this.running = this.turn();
  }

  /** Begins no further run. The promise resolves when the run under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private async turn(): Promise<void> {
    try {
      await this.work();
    } catch (error) {
      this.log.error({ error }, `${this.what} failed; it is tried again`);
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.turn();
    }, this.everyMs);
  }
}
