import pg from 'pg';

/**
 * A connection whose loss does not end the process. The statement that runs on it fails and says so; the event that
 * pg emits beside it kills a process in which nobody listens, and a connection out of its pool has no listener.
 */
export class EnduringClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}
