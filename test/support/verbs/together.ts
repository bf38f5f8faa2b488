import { SERVICE, sql, type Database } from '#store';

/** What is stored of referrals that came at the same time. */
export function togetherOf(database: Database) {
  return {
    /** How many transactions stored the referrals that there are. */
    transactionsOfReferrals: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(DISTINCT xmin::text) AS n FROM referral`))!.n,
    /** Every referral: its agency, the agency that its entry says sent it, and what is stored with it. */
    submissions: () =>
      database
        .as(SERVICE)
        .rows<{ reference: string; agencyId: string; by: string; key: string; children: number; jobs: number }>(
          sql`SELECT r.reference, r.agency_id AS "agencyId", e.actor_id AS by, k.key,
             (SELECT count(*) FROM referral_child WHERE referral_id = r.id) AS children,
             (SELECT count(*) FROM job WHERE payload->>'referralId' = r.id::text) AS jobs
           FROM referral r JOIN audit_entry e ON e.referral_id = r.id AND e.act = 'referral.submitted'
             JOIN idempotency_key k ON k.referral_id = r.id
           ORDER BY k.key`,
        ),
    /** How many statements PostgreSQL knows by name on the connection that asks. */
    preparedStatements: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM pg_prepared_statements`))!.n,
    /** PostgreSQL ends every connection of an app, as an operator or a shutdown does. */
    endConnectionsOf: async (app: string) =>
      void (await database
        .as(SERVICE)
        .rows(
          sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ${app} AND datname = current_database()`,
        )),
  };
}
