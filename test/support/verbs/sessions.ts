import { SERVICE, type Database, sql } from '#store';

/** Who is signed in to the console. Sessions are the only thing on the machine's own clock. */
export function sessionsOf(database: Database) {
  return {
    /** As if all people who are signed in had done nothing for so many minutes. */
    lastActiveMinutesAgo: async (minutes: number) =>
      void (await database.as(SERVICE).rows(
        sql`UPDATE session SET sess = jsonb_set(sess::jsonb, '{activeAt}', to_jsonb(${Date.now() - minutes * 60_000}::bigint))::json
         WHERE sess->>'staffId' IS NOT NULL`,
      )),
    /** As if all people who are signed in had signed in so many minutes ago. */
    signedInMinutesAgo: async (minutes: number) =>
      void (await database.as(SERVICE).rows(
        sql`UPDATE session SET sess = jsonb_set(sess::jsonb, '{signedInAt}', to_jsonb(${Date.now() - minutes * 60_000}::bigint))::json
         WHERE sess->>'staffId' IS NOT NULL`,
      )),
    sessionCount: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM session`))!.n,
    /** The session goes on, and nobody is signed in to it any more. */
    allAreSignedOut: async () =>
      void (await database
        .as(SERVICE)
        .rows(sql`UPDATE session SET sess = (sess::jsonb - 'staffId')::json WHERE sess->>'staffId' IS NOT NULL`)),
    /** How many minutes ago the last person to do something did it. */
    minutesSinceActivity: async () => {
      const session = await database
        .as(SERVICE)
        .row<{ at: string }>(
          sql`SELECT max((sess->>'activeAt')::bigint)::text AS at FROM session WHERE sess->>'staffId' IS NOT NULL`,
        );
      return (Date.now() - Number(session!.at)) / 60_000;
    },
    /** The database takes half a second to write a session. @returns makes that good */
    sessionsAreSlow: async () => {
      await database.as(SERVICE).rows(sql`CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$`);
      await database
        .as(SERVICE)
        .rows(sql`CREATE TRIGGER slowly BEFORE INSERT OR UPDATE ON session FOR EACH ROW EXECUTE FUNCTION slowly()`);
      return async () => void (await database.as(SERVICE).rows(sql`DROP FUNCTION slowly CASCADE`));
    },
  };
}
