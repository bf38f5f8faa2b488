import type { Database } from '#store';

const ago = (seconds: number) => `mash.now() - interval '${seconds} seconds'`;

/**
 * What no code of ours does to the rows of the hub: time that has gone by unseen, and faults for the watchdog to find.
 */
export function damageOf(database: Database) {
  const does = (sql: string) => async () => void (await database.rows(sql));
  return {
    /** The first step of every chain has been due for so many seconds, and nothing fired it. */
    firstStepsAreOverdue: async (seconds: number) =>
      void (await database.rows(
        `UPDATE deadline_step SET at = ${ago(seconds)}, fire_at = ${ago(seconds)} WHERE position = 0`,
      )),
    firstStepsSayThatTheyFired: does(`UPDATE deadline_step SET state = 'fired' WHERE position = 0`),
    decisionDeadlinesSayThatTheyAreMet: does(
      `UPDATE deadline SET state = 'met', ended_at = mash.now() WHERE kind = 'decision'`,
    ),
    dueTimesAreAMinuteLate: does(`UPDATE deadline SET due_at = due_at + interval '1 minute' WHERE kind = 'decision'`),
    /** Every deadline of a decision ended so many seconds ago, whatever fired since. */
    decisionDeadlinesHadEnded: async (seconds: number) =>
      void (await database.rows(
        `UPDATE deadline SET state = 'superseded', ended_at = ${ago(seconds)} WHERE kind = 'decision'`,
      )),
    idempotencyKeysAreLost: () =>
      database.transaction(async (tx) => {
        await tx.rows('SET LOCAL session_replication_role = replica');
        await tx.rows('DELETE FROM idempotency_key');
      }),
    /** Every delivery has waited for so many seconds, and no sender took it. */
    deliveriesWait: async (seconds: number) =>
      void (await database.rows(`UPDATE delivery SET next_attempt_at = ${ago(seconds)}`)),
    /** The lease of every delivery ran out so many seconds ago, and no sender took it over. */
    sendersAreGone: async (seconds: number) =>
      void (await database.rows(
        `UPDATE delivery SET state = 'sending', lease_until = ${ago(seconds)}, lease_owner = id`,
      )),
    deliveriesAreLost: does('DELETE FROM delivery'),
    /** One first step cannot be read any more. @returns its id */
    oneFirstStepIsUnreadable: async () =>
      (await database.row<{ id: string }>(
        `UPDATE deadline_step SET ladder = '{"not": "a ladder"}'
         WHERE id = (SELECT id FROM deadline_step WHERE position = 0 LIMIT 1) RETURNING id`,
      ))!.id,
    /** The ids of the first steps that wait. */
    waitingFirstSteps: async () =>
      (
        await database.rows<{ id: string }>(`SELECT id FROM deadline_step WHERE state = 'waiting' AND position = 0`)
      ).map(({ id }) => id),
  };
}
