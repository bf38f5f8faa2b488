import { SERVICE, sql, type Database } from '#store';

interface Entry {
  readonly act: string;
  readonly reference: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The entries of the record of an act, the first first. */
export function entriesOf(database: Database, act: string): Promise<readonly Entry[]> {
  return database.as(SERVICE).rows<Entry>(sql`
    SELECT a.act, r.reference, a.details FROM audit_entry a LEFT JOIN referral r ON r.id = a.referral_id
    WHERE a.act = ${act} ORDER BY a.at, a.id`);
}

/** Whether any person of the hub has opened a referral. */
export async function isOpenedByTheHub(database: Database, reference: string): Promise<boolean> {
  const found = await database
    .as(SERVICE)
    .row<{ isOpened: boolean }>(
      sql`SELECT first_opened_at IS NOT NULL AS "isOpened" FROM referral WHERE reference = ${reference}`,
    );
  return found!.isOpened;
}

/**
 * Many entries of the record: so many of each act for each person and each referral, several at the same instant.
 *
 * @param times how many of each
 */
export async function addEntries(
  database: Database,
  acts: readonly string[],
  people: readonly string[],
  references: readonly string[],
  times: number,
): Promise<void> {
  await database.as(SERVICE).rows(sql`
    INSERT INTO audit_entry (id, at, actor_kind, actor_id, act, referral_id, details)
    SELECT gen_random_uuid(), date_trunc('milliseconds', mash.now() - make_interval(secs => (n % 7) * 3600)), 'staff',
      person.id, act, r.id, '{}'
    FROM unnest(${acts}::text[]) act, unnest(${people}::uuid[]) person (id), referral r, generate_series(1, ${times}::int) n
    WHERE r.reference = ANY(${references})`);
}

/** Everything on the record, as it is asked for by a person who reads all of it: the oracle of the tests. */
export function wholeRecord(database: Database) {
  return database.as(SERVICE).rows<{
    readonly id: string;
    readonly at: Temporal.Instant;
    readonly act: string;
    readonly actorId: string | null;
    readonly actorKind: string;
    readonly reference: string | null;
  }>(sql`
    SELECT a.id, a.at, a.act, a.actor_id AS "actorId", a.actor_kind AS "actorKind", r.reference
    FROM audit_entry a LEFT JOIN referral r ON r.id = a.referral_id`);
}
