import { SERVICE, sql, type Database } from '#store';

/** What becomes of a burst: of many steps that are due at once. */
export function burstsOf(database: Database) {
  return {
    /** How many steps are due and have not fired. */
    dueCount: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`
        SELECT count(*) AS n FROM deadline_step WHERE state = 'waiting' AND fire_at <= mash.now()`))!.n,
    /**
     * The alerts that agree with their step and its deadline, by kind: the step, whom the alert tells and how. Each kind
     * begins with the number of its alerts.
     */
    firedAsTheirSteps: async () =>
      (
        await database.as(SERVICE).rows<{ n: number; kind: string }>(sql`
          SELECT count(*) AS n, kind FROM (
            SELECT concat_ws(' ', d.kind, a.rating, s.position, s.repetition, a.told,
              (SELECT string_agg(concat_ws(' ', channel, p.subject, x.urgency, x.next_attempt_at - a.fired_at), ', '
                 ORDER BY channel, p.subject, x.next_attempt_at)
               FROM delivery x LEFT JOIN staff_member p ON p.id = x.recipient_id WHERE x.alert_id = a.id)) AS kind
            FROM alert a JOIN deadline_step s ON s.id = a.id AND s.deadline_id = a.deadline_id AND s.at = a.step_at
              JOIN deadline d ON d.id = a.deadline_id AND d.rating = a.rating AND d.due_at = a.due_at
              JOIN referral r ON r.id = a.referral_id AND r.id = d.referral_id
            WHERE s.state = 'fired' AND a.fired_at = mash.now()) one
          GROUP BY kind ORDER BY kind`)
      ).map(({ n, kind }) => [n, kind] as const),
    /** How many repeats wait for each instant. */
    repeatsToCome: () =>
      database.as(SERVICE).rows<{ n: number; at: Temporal.Instant }>(sql`
        SELECT count(DISTINCT deadline_id) AS n, fire_at AS at FROM deadline_step
        WHERE state = 'waiting' AND repetition > 1 GROUP BY fire_at ORDER BY fire_at`),
  };
}
