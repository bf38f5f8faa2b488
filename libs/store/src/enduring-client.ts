import pg from 'pg';

/**
 * A connection whose loss does not end the process. The statement that runs on it fails and says so; the event that
 * pg emits beside it kills a process in which nobody listens, and a connection out of its pool has no listener.
 *
 * A connection that is half open loses nothing and answers nothing: TCP would let a statement wait for a quarter of
 * an hour. One that has not been answered when PostgreSQL must long have cancelled it is cut off.
 */
export class EnduringClient extends pg.Client {
  private readonly answerWithinMs: number | null;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const limit = typeof config === 'object' ? config.statement_timeout : undefined;
    this.answerWithinMs = typeof limit === 'number' && limit > 0 ? limit + Math.min(limit, 5_000) : null;
  }

  /** Whoever listened may have stopped, as BullMQ does when it closes. */
  override emit(event: string, ...given: unknown[]): boolean {
    if (event === 'error' && this.listenerCount('error') === 0) return false;
    return (super.emit as (event: string, ...given: unknown[]) => boolean)(event, ...given);
  }

  override query(...given: unknown[]): never {
    return this.inTime((super.query as (...one: unknown[]) => unknown)(...given)) as never;
  }

  private inTime(answer: unknown): unknown {
    if (this.answerWithinMs === null || !(answer instanceof Promise)) return answer;
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    const timer = setTimeout(
      () => connection.stream.destroy(new Error('Connection terminated: no answer')),
      this.answerWithinMs,
    );
    const stop = () => clearTimeout(timer);
    answer.then(stop, stop);
    return answer;
  }
}
