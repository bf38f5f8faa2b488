import pg from 'pg';
import type { ConcernType, Rating } from '#domain';
import { SERVICE, sql, type Database } from '#store';
import type { DueFilter, QueueFilters, QueueView } from '#work';

/** What is known of one open referral for counting it by hand. */
export interface OpenFacts {
  readonly status: string;
  readonly holder: string | null;
  readonly rating: Rating;
  readonly agency: string;
  readonly types: readonly ConcernType[];
  readonly dueAt: Temporal.Instant;
}

/** Every open referral, one row each, with the instant that is due first. */
export function openFacts(database: Database): Promise<readonly OpenFacts[]> {
  return database.as(SERVICE).rows<OpenFacts>(sql`
    SELECT r.status, r.claimed_by AS holder, r.rating, r.agency_id AS agency, r.concern_types AS types,
      least(r.decision_due_at, r.statutory_due_at, (SELECT min(due_at) FROM deadline d
        WHERE d.referral_id = r.id AND d.kind = 'claim' AND d.state = 'open')) AS "dueAt"
    FROM referral r WHERE r.status <> 'decided'`);
}

export function isIn(view: QueueView, { status, holder }: OpenFacts, staffId: string): boolean {
  if (view === 'mine') return holder === staffId;
  if (view === 'sign-off') return status === 'awaiting_sign_off';
  return status === 'awaiting_decision' && (view === 'waiting' || holder === null);
}

/** What a filter would have to be set to for this referral to show: one value, but for the concerns. */
export function valuesOf(
  filter: keyof QueueFilters,
  facts: OpenFacts,
  now: Temporal.Instant,
  tomorrow: Temporal.Instant,
): readonly string[] {
  if (filter === 'rating') return [facts.rating];
  if (filter === 'concern') return facts.types;
  if (filter === 'agency') return [facts.agency];
  if (filter === 'holder') return [facts.holder ?? 'nobody'];
  return [dueOf(facts.dueAt, now, tomorrow)];
}

function dueOf(dueAt: Temporal.Instant, now: Temporal.Instant, tomorrow: Temporal.Instant): DueFilter {
  const isBy = (limit: Temporal.Instant) => Temporal.Instant.compare(dueAt, limit) <= 0;
  if (isBy(now)) return 'overdue';
  if (isBy(now.add({ hours: 1 }))) return 'within-the-hour';
  return Temporal.Instant.compare(dueAt, tomorrow) < 0 ? 'today' : 'later';
}

/** A person takes a referral at another process: this one is told nothing. */
export function takenElsewhere(url: string, reference: string, staffId: string): Promise<void> {
  return elsewhere(
    url,
    `UPDATE referral SET claimed_by = $2, claimed_at = mash.now(), claim_lapses_at = mash.now() + interval '1 hour',
       last_changed_at = mash.now(), version = version + 1 WHERE reference = $1`,
    [reference, staffId],
  );
}

/** The database's clock goes on, and this process does nothing meanwhile. */
export function timePasses(url: string, to: Temporal.Instant): Promise<void> {
  return elsewhere(
    url,
    `CREATE OR REPLACE FUNCTION mash.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE AS
       $$ SELECT timestamptz '${to.toString()}' $$`,
  );
}

async function elsewhere(url: string, text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}
