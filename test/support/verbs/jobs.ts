import { SERVICE, sql, type Database, type Sql } from '#store';
import { until } from '../until.ts';

/** The ledger of background work. */
export function jobsOf(database: Database) {
  const counted = async (which: Sql) =>
    (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM job WHERE ${which}`))!.n;
  const open = () => counted(sql`completed_at IS NULL`);
  return {
    jobCount: () => counted(sql`true`),
    /** How many jobs are not done. */
    openJobs: open,
    untilAllJobsAreDone: () => until(async () => (await open()) === 0),
    untilAllJobsAreHandedOver: () => until(async () => (await counted(sql`handed_over_at IS NULL`)) === 0),
    /** How many jobs BullMQ carried: a job that the worker does by itself is not handed over. */
    jobsDoneThroughBullMq: () => counted(sql`completed_at IS NOT NULL AND handed_over_at IS NOT NULL`),
    /** How often jobs were handed over, all together. */
    handOvers: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT coalesce(sum(hand_overs), 0)::int8 AS n FROM job`))!.n,
    /** The failures of each job, and the last of them by its name. */
    failures: () =>
      database
        .as(SERVICE)
        .rows<{ failures: number; lastFailure: string | null }>(
          sql`SELECT failures, last_failure AS "lastFailure" FROM job ORDER BY id`,
        ),
    /** As if the time of every next try had come. */
    makeEveryJobDue: async () =>
      void (await database.as(SERVICE).rows(sql`UPDATE job SET run_after = created_at WHERE completed_at IS NULL`)),
    /** As if no job had been handed over: BullMQ gets each of them a second time. */
    forgetHandOvers: async () => void (await database.as(SERVICE).rows(sql`UPDATE job SET handed_over_at = NULL`)),
    removeEveryJob: async () => void (await database.as(SERVICE).rows(sql`DELETE FROM job`)),
  };
}
