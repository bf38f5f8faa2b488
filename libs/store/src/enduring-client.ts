import pg from 'pg';

/** The longest that an answer may take beyond the time at which PostgreSQL cancels its statement. */
const LATE_MS = 2_000;

/**
 * A connection whose loss does not end the process. The statement that runs on it fails and says so; the event that
 * pg emits beside it kills a process that has no listener for it, and a connection out of its pool has no listener.
 *
 * A connection that is half open loses nothing and answers nothing: TCP would let a statement wait for a quarter of
 * an hour. One that has not been answered when PostgreSQL must long have cancelled it is cut off.
 */
export class EnduringClient extends pg.Client {
  private answerWithinMs: number | null;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const limit = typeof config === 'object' ? config.statement_timeout : undefined;
    this.answerWithinMs = typeof limit === 'number' && limit > 0 ? limit + Math.min(limit, LATE_MS) : null;
  }

  /** Waits for the answers to some work as long as they take: for statements that have no limit, such as a migration. */
  async waitingFor<T>(work: () => Promise<T>): Promise<T> {
    const limit = this.answerWithinMs;
    this.answerWithinMs = null;
    try {
      return await work();
    } finally {
      this.answerWithinMs = limit;
    }
  }

  /** The listener may have gone, as that of BullMQ when it closes. */
  override emit(event: string, ...given: unknown[]): boolean {
    if (event === 'error' && this.listenerCount('error') === 0) return false;
    return (super.emit as (event: string, ...given: unknown[]) => boolean)(event, ...given);
  }

  override query(...given: unknown[]): never {
    const limit = this.answerWithinMs;
    if (limit === null) return this.ask(given) as never;
    const timer = setTimeout(() => this.cut(), limit);
    const stop = () => clearTimeout(timer);
    // A pool asks with a function that is called with the answer; others are given a promise of it.
    const last = given.at(-1);
    if (typeof last === 'function') {
      const answered = last as (...answer: unknown[]) => void;
      return this.ask([...given.slice(0, -1), (...answer: unknown[]) => (stop(), answered(...answer))]) as never;
    }
    const answer = this.ask(given);
    if (answer instanceof Promise) answer.then(stop, stop);
    else stop();
    return answer as never;
  }

  private ask(given: unknown[]): unknown {
    return (super.query as (...one: unknown[]) => unknown)(...given);
  }

  private cut(): void {
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(new Error('Connection terminated: no answer'));
  }
}
