import { SERVICE, sql, type Database, type Sql } from '#store';

const ago = (seconds: number) => sql`mash.now() - make_interval(secs => ${seconds})`;

/**
 * What no code of ours does to the rows of the hub: time that has gone by unseen, and faults for the watchdog to find.
 */
export function damageOf(database: Database) {
  const does = (damage: Sql) => async () => void (await database.as(SERVICE).rows(damage));
  return {
    /** The first step of every chain has been due for so many seconds, and nothing fired it. */
    firstStepsAreOverdue: async (seconds: number) =>
      void (await database
        .as(SERVICE)
        .rows(sql`UPDATE deadline_step SET at = ${ago(seconds)}, fire_at = ${ago(seconds)} WHERE position = 0`)),
    firstStepsSayThatTheyFired: does(sql`UPDATE deadline_step SET state = 'fired' WHERE position = 0`),
    decisionDeadlinesSayThatTheyAreMet: does(
      sql`UPDATE deadline SET state = 'met', ended_at = mash.now() WHERE kind = 'decision'`,
    ),
    dueTimesAreAMinuteLate: does(
      sql`UPDATE deadline SET due_at = due_at + interval '1 minute' WHERE kind = 'decision'`,
    ),
    /** Every deadline of a decision ended so many seconds ago, also those that fired since. */
    decisionDeadlinesHadEnded: async (seconds: number) =>
      void (await database
        .as(SERVICE)
        .rows(sql`UPDATE deadline SET state = 'superseded', ended_at = ${ago(seconds)} WHERE kind = 'decision'`)),
    /** Every job of a name has failed so often, and is tried again in an hour. */
    jobsFailed: async (name: string, failures: number) =>
      void (await database.as(SERVICE).rows(sql`
        UPDATE job SET failures = ${failures}, last_failure = 'TypeError', handed_over_at = NULL,
          run_after = mash.now() + interval '1 hour' WHERE name = ${name}`)),
    /** Last night a figure came out otherwise when it was worked out a second time. */
    aFigureDiffered: does(sql`
      INSERT INTO recomputation (id, at, as_of, compared, differences)
      VALUES (gen_random_uuid(), mash.now(), mash.now(), 1, '[{"measure": "received"}]')`),
    /** Every decision and referral is one of before it was recorded what they count as and where they came from. */
    countingWasNotRecorded: () =>
      database.as(SERVICE).transaction(async (tx) => {
        await tx.rows(sql`SET LOCAL session_replication_role = replica`);
        await tx.rows(
          sql`UPDATE decision SET progression = NULL, primary_need = NULL, late_reason = NULL, late_words = NULL`,
        );
        await tx.rows(sql`UPDATE referral SET source_code = NULL`);
      }),
    idempotencyKeysAreLost: () =>
      database.as(SERVICE).transaction(async (tx) => {
        await tx.rows(sql`SET LOCAL session_replication_role = replica`);
        await tx.rows(sql`DELETE FROM idempotency_key`);
      }),
    /** Every delivery has waited for so many seconds, and no sender took it. */
    deliveriesWait: async (seconds: number) =>
      void (await database.as(SERVICE).rows(sql`UPDATE delivery SET next_attempt_at = ${ago(seconds)}`)),
    /** The lease of every delivery ran out so many seconds ago, and no sender took it over. */
    sendersAreGone: async (seconds: number) =>
      void (await database
        .as(SERVICE)
        .rows(sql`UPDATE delivery SET state = 'sending', lease_until = ${ago(seconds)}, lease_owner = id`)),
    deliveriesAreLost: does(sql`DELETE FROM delivery`),
    /** One first step cannot be read any more. @returns its id */
    oneFirstStepIsUnreadable: async () =>
      (await database.as(SERVICE).row<{ id: string }>(
        sql`UPDATE deadline_step SET ladder = '{"not": "a ladder"}'
         WHERE id = (SELECT id FROM deadline_step WHERE position = 0 LIMIT 1) RETURNING id`,
      ))!.id,
    /** The ids of the first steps that wait. */
    waitingFirstSteps: async () =>
      (
        await database
          .as(SERVICE)
          .rows<{ id: string }>(sql`SELECT id FROM deadline_step WHERE state = 'waiting' AND position = 0`)
      ).map(({ id }) => id),
  };
}
