import type { Logger } from './logging.ts';

/** Does something again and again, each time so long after it was last done. A failure is logged and tried again. */
export class Loop {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = true;

  /** @param everyMs milliseconds from the end of one time to the beginning of the next */
  constructor(
    private readonly what: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<unknown>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopped = false;
    this.running = this.turn();
  }

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
