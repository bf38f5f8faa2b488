import { SERVICE, sql, type Database } from '#store';

/** Of a referral as it is stored, what does not differ from one sending to the next. */
export interface StoredAlike {
  readonly agency: string;
  readonly sourceCode: string;
  readonly rating: string;
  readonly submitted: object;
  readonly children: readonly object[];
  readonly dueAfterMinutes: number;
  readonly deadlines: readonly string[];
  readonly steps: number;
  readonly jobs: readonly string[];
}

export async function storedAlike(database: Database, reference: string): Promise<StoredAlike> {
  return (await database.as(SERVICE).transaction((tx) =>
    tx.row<StoredAlike>(sql`
    SELECT a.name AS agency, r.source_code AS "sourceCode", r.rating, r.submitted,
      (SELECT jsonb_agg(submitted ORDER BY position) FROM referral_child WHERE referral_id = r.id) AS children,
      (extract(epoch FROM r.decision_due_at - r.received_at) / 60)::int AS "dueAfterMinutes",
      (SELECT array_agg(kind ORDER BY kind) FROM deadline WHERE referral_id = r.id) AS deadlines,
      (SELECT count(*)::int FROM deadline_step s JOIN deadline d ON d.id = s.deadline_id WHERE d.referral_id = r.id) AS steps,
      (SELECT array_agg(name ORDER BY name) FROM job WHERE payload->>'referralId' = r.id::text) AS jobs
    FROM referral r JOIN agency a ON a.id = r.agency_id WHERE r.reference = ${reference}`),
  ))!;
}

/** How each referral came, and who of which role filled it in or took it down. */
export async function howTheyCame(database: Database): Promise<readonly string[]> {
  const rows = await database.as(SERVICE).rows<{ how: string }>(sql`
    SELECT r.channel || ' ' || a.name || ' ' || coalesce(s.role, 'program') AS how
    FROM referral r JOIN agency a ON a.id = r.agency_id LEFT JOIN staff_member s ON s.id = r.taken_by ORDER BY r.received_at, r.id`);
  return rows.map(({ how }) => how);
}

/** The kinds of the drafts that a person has. */
export async function draftsOfPerson(database: Database, personId: string): Promise<readonly string[]> {
  const rows = await database
    .as(SERVICE)
    .rows<{ kind: string }>(sql`SELECT kind FROM draft WHERE owner_id = ${personId} ORDER BY kind`);
  return rows.map(({ kind }) => kind);
}
