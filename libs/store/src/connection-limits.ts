import pg from 'pg';
import { EnduringClient } from './enduring-client.ts';

/**
 * What every connection to PostgreSQL has, of the app, of sessions and of BullMQ: it does not wait for ever for a connection, an answer or a
 * lock, holds no lock while nothing is done, and finds out that the other side has gone.
 *
 * @param isUrgent whether people or alerts wait for it: then nothing of it may take more than seconds
 */
export function connectionLimits(isUrgent: boolean) {
  return {
    Client: EnduringClient,
    connectionTimeoutMillis: 2_000,
    statement_timeout: isUrgent ? 8_000 : 30_000,
    lock_timeout: isUrgent ? 5_000 : 20_000,
    idle_in_transaction_session_timeout: isUrgent ? 5_000 : 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  } as const;
}

/**
 * What a session of the service starts with.
 *
 * - One schema for every name of a user: a user named mash would otherwise find its own schema first.
 * - No parallel workers and no JIT. Statements that people wait for take milliseconds. For five small counts PostgreSQL
 *   starts two processes, which took 60 to 260 ms for 5 ms of work; on a server of few cores they also take the time of
 *   the other sessions.
 */
export const SESSION_OPTIONS = '-c search_path=public -c max_parallel_workers_per_gather=0 -c jit=off';

export type { Pool } from 'pg';

export interface PoolSettings {
  readonly url: string;
  /** Connections that it may hold. */
  readonly size: number;
  /** Shown by PostgreSQL as the connection's name. */
  readonly app: string;
}

/** A pool beside that of the store, for what is no part of a use case: sessions, rate limits. People wait for it. */
export function createPool({ url, size, app }: PoolSettings): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: app,
    options: SESSION_OPTIONS,
    ...connectionLimits(true),
  });
  // A connection that is lost while no request uses it is replaced when it is needed.
  pool.on('error', () => undefined);
  return pool;
}
