import type { Rating } from '#domain';
import { keepCandidates } from '#children';
import { linkEarlierReferrals } from '#referrals';
import { raw, SERVICE, sql, type Database, type Sql } from '#store';
import type { QueueOrder } from '#work';

/** The orders of the queue as the design words them, for all referrals at once: an oracle for the pages of the queue. */
const ORDERS: Readonly<Record<Exclude<QueueOrder, 'decided'>, Sql>> = {
  urgency: sql`urgency, decision_due_at, received_at, id`,
  due: sql`least(decision_due_at, statutory_due_at, (SELECT due_at FROM deadline
      WHERE referral_id = referral.id AND kind = 'claim' AND state = 'open')), received_at, id`,
  newest: sql`received_at DESC, id DESC`,
  oldest: sql`received_at, id`,
};

/** What the hub has stored of referrals. */
export function referralsOf(database: Database) {
  return {
    receivedCount: async () =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM referral`))!.n,
    /** What the worker does after a receipt: links the earlier referrals of the same children. */
    linkEarlier: (reference: string) =>
      database.as(SERVICE).transaction(async (tx) => {
        const { id } = (await tx.row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`))!;
        await linkEarlierReferrals(tx, id);
        await keepCandidates(tx, id);
      }),
    versionOf: async (reference: string) =>
      (await database
        .as(SERVICE)
        .row<{ version: number }>(sql`SELECT version FROM referral WHERE reference = ${reference}`))!.version,
    ratingsCountOf: async (reference: string) =>
      (await database
        .as(SERVICE)
        .row<{ n: number }>(
          sql`SELECT count(*)::int AS n FROM rating g JOIN referral r ON r.id = g.referral_id WHERE r.reference = ${reference}`,
        ))!.n,
    ratingOf: async (reference: string) =>
      (await database
        .as(SERVICE)
        .row<{ rating: Rating }>(sql`SELECT rating FROM referral WHERE reference = ${reference}`))!.rating,
    /** Every reference, in an order of the queue. */
    referencesBy: async (order: keyof typeof ORDERS) =>
      (
        await database
          .as(SERVICE)
          .rows<{ reference: string }>(sql`SELECT reference FROM referral ORDER BY ${ORDERS[order]}`)
      ).map(({ reference }) => reference),
    /** How many rows there are of all that a submission stores. */
    storedCount: async () =>
      (await database.as(SERVICE).row<{ n: number }>(
        sql`SELECT (SELECT count(*) FROM referral) + (SELECT count(*) FROM referral_child) + (SELECT count(*) FROM job)
           + (SELECT count(*) FROM idempotency_key) + (SELECT count(*) FROM deadline) AS n`,
      ))!.n,
    decisionDueAt: async (reference: string) =>
      (await database
        .as(SERVICE)
        .row<{ at: Temporal.Instant }>(sql`SELECT decision_due_at AS at FROM referral WHERE reference = ${reference}`))!
        .at,
    /** The first child as it is stored. */
    firstChildOf: async (reference: string) =>
      (await database.as(SERVICE).row<{ firstName: string; nhsNumber: string | null }>(
        sql`SELECT referral_child.submitted->>'firstName' AS "firstName", nhs_number AS "nhsNumber"
         FROM referral_child JOIN referral ON id = referral_id WHERE reference = ${reference} AND position = 0`,
      ))!,
    /** How many decisions were timed, and how many of them were late. */
    responseTimes: async () =>
      (await database
        .as(SERVICE)
        .row<{ count: number; late: number }>(
          sql`SELECT count(*) AS count, count(*) FILTER (WHERE NOT on_time) AS late FROM response_time`,
        ))!,
    /** What the record says of every act of a kind, the latest last. */
    recordOf: async (act: string) =>
      (
        await database
          .as(SERVICE)
          .rows<{ details: object }>(sql`SELECT details FROM audit_entry WHERE act = ${act} ORDER BY at, id`)
      ).map(({ details }) => details),
    /** The record takes no entry of this kind of act, as when the disk is full. @returns makes that good */
    refusesEntriesOf: async (act: string) => {
      await database
        .as(SERVICE)
        .rows(sql`ALTER TABLE audit_entry ADD CONSTRAINT full_disk CHECK (act <> '${raw(act)}')`);
      return async () => void (await database.as(SERVICE).rows(sql`ALTER TABLE audit_entry DROP CONSTRAINT full_disk`));
    },
    entryCountOf: async (reference: string, act: string) =>
      (await database.as(SERVICE).row<{ n: number }>(
        sql`SELECT count(*) AS n FROM audit_entry JOIN referral ON referral.id = referral_id
         WHERE reference = ${reference} AND act = ${act}`,
      ))!.n,
    /** What a submission has stored beside its referral, and how often. */
    storedFor: async (reference: string) =>
      database.as(SERVICE).row<{ keys: string[]; deadlines: number; jobs: number; submissions: number }>(
        sql`SELECT (SELECT array_agg(key) FROM idempotency_key WHERE referral_id = r.id) AS keys,
           (SELECT count(*) FROM deadline WHERE referral_id = r.id) AS deadlines,
           (SELECT count(*) FROM job WHERE payload->>'referralId' = r.id::text) AS jobs,
           (SELECT count(*) FROM audit_entry WHERE act = 'referral.submitted' AND referral_id = r.id) AS submissions
         FROM referral r WHERE reference = ${reference}`,
      ),
    entryCount: async (act: string) =>
      (await database.as(SERVICE).row<{ n: number }>(sql`SELECT count(*) AS n FROM audit_entry WHERE act = ${act}`))!.n,
    /** PostgreSQL itself refuses a child whose name has this word: an error with the name in its values. */
    refusesChildrenCalled: async (word: string) =>
      void (await database
        .as(SERVICE)
        .rows(sql`ALTER TABLE referral_child ADD CONSTRAINT refused CHECK (name_key !~ '${raw(word)}')`)),
    /** All that is written beside a referral: jobs, the record and alerts, as text. */
    textBesideReferrals: async () =>
      JSON.stringify(
        await database.as(SERVICE).rows(
          sql`SELECT job::text AS text FROM job UNION ALL SELECT audit_entry::text FROM audit_entry
           UNION ALL SELECT alert::text FROM alert`,
        ),
      ),
    /** Drafts about a referral, sealed as they lie. */
    draftsOf: async (reference: string) =>
      (
        await database.as(SERVICE).rows<{ sealed: Buffer }>(sql`SELECT sealed FROM draft WHERE subject = ${reference}`)
      ).map(({ sealed }) => sealed),
    /** As when they were older than drafts are kept. */
    loseDraftsOf: async (reference: string) =>
      void (await database.as(SERVICE).rows(sql`DELETE FROM draft WHERE subject = ${reference}`)),
  };
}
