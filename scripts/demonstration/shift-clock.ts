import { raw, SERVICE, sql, type Database } from '#store';

/** How far the database's clock is ahead of the real one, in milliseconds. */
export async function clockAheadMs(database: Database): Promise<number> {
  const row = await database
    .as(SERVICE)
    .row<{ ms: number }>(sql`SELECT round(extract(epoch FROM mash.now() - clock_timestamp()) * 1000)::float8 AS ms`);
  return row!.ms;
}

/**
 * Moves the database's clock for a demonstration's history or a test: `mash.now()` is replaced by one that is off by
 * so many milliseconds. Within a transaction no other connection sees it.
 */
export async function shiftClock(database: Database, byMs: number): Promise<void> {
  await replaceClock(database, `clock_timestamp() + interval '${Math.round(byMs)} milliseconds'`);
}

/** Moves the clock so that it is this instant now, and lets it run on from there. */
export async function setClock(database: Database, to: Temporal.Instant): Promise<void> {
  const real = await database.as(SERVICE).row<{ now: Temporal.Instant }>(sql`SELECT clock_timestamp() AS now`);
  await shiftClock(database, to.epochMilliseconds - real!.now.epochMilliseconds);
}

/** Stops the clock at this instant. */
export async function stopClock(database: Database, at: Temporal.Instant): Promise<void> {
  await replaceClock(database, `timestamptz '${at.toString()}'`);
}

/** Puts the real clock back, as the migration made it. */
export async function restoreClock(database: Database): Promise<void> {
  await replaceClock(database, 'clock_timestamp()');
}

/** What agencies sign goes by the real clock from now on, wherever the database's own is moved. */
export async function signByTheRealClock(database: Database): Promise<void> {
  await database.as(SERVICE).run(sql`
    CREATE OR REPLACE FUNCTION mash.time_outside() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS
      $$ SELECT date_trunc('milliseconds', clock_timestamp()) $$`);
}

async function replaceClock(database: Database, expression: string): Promise<void> {
  await database.as(SERVICE).run(sql`
    CREATE OR REPLACE FUNCTION mash.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS
      $$ SELECT date_trunc('milliseconds', ${raw(expression)}) $$`);
}
