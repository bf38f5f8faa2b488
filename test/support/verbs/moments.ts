import pg from 'pg';
import { SERVICE, type Database, sql } from '#store';
import { until } from '../until.ts';

/** Moments at which one transaction waits for another: a test makes them, so that two acts meet for certain. */
export function momentsOf(database: Database) {
  const waiting = async () =>
    (await database
      .as(SERVICE)
      .row<{ n: number }>(
        sql`SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      ))!.n;
  return {
    /** So many transactions wait for what another has locked. */
    untilWaiting: (transactions = 1) => until(async () => (await waiting()) === transactions),
  };
}

/**
 * A submission under this key that is still running: its transaction has the lock of the key.
 *
 * @param agencyId the agency whose key it is
 */
export function submissionUnderWay(url: string, agencyId: string, key: string): Promise<Holder> {
  return Holder.of(url, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${agencyId} ${key}`]);
}

/** A transaction of a test's own, on a connection of its own: what it locks stays locked until it is let go. */
export class Holder {
  private constructor(private readonly client: pg.Client) {}

  /** @param sql takes the locks */
  static async of(url: string, sql: string, parameters: readonly unknown[] = []): Promise<Holder> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(sql, [...parameters]);
    return new Holder(client);
  }

  /** Nothing that it did holds. */
  letGo(): Promise<void> {
    return this.end('ROLLBACK');
  }

  /** All that it did holds. */
  commit(): Promise<void> {
    return this.end('COMMIT');
  }

  private async end(how: 'ROLLBACK' | 'COMMIT'): Promise<void> {
    await this.client.query(how);
    await this.client.end();
  }
}
