import { SERVICE, sql, type Database } from '#store';

export interface RefusedOnRecord {
  readonly act: string;
  readonly actorKind: string;
  readonly reference: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Everything that was refused and is on the record, the first first. */
export function refusalsOnRecord(database: Database): Promise<readonly RefusedOnRecord[]> {
  return database.as(SERVICE).rows<RefusedOnRecord>(sql`
    SELECT act, actor_kind AS "actorKind", r.reference, details FROM audit_entry a
    LEFT JOIN referral r ON r.id = a.referral_id
    WHERE act IN ('access.refused', 'credential.rejected', 'sign-in.failed') ORDER BY a.at, a.id`);
}

/** The clients of an agency are suspended. */
export async function suspendClients(database: Database, agencyId: string): Promise<void> {
  await database
    .as(SERVICE)
    .rows(sql`UPDATE agency_client SET suspended_at = mash.now() WHERE agency_id = ${agencyId}`);
}

/** Whom the rate limits have counted. */
export async function countedCallers(database: Database): Promise<readonly string[]> {
  const rows = await database.as(SERVICE).rows<{ key: string }>(sql`SELECT key FROM rate_limit ORDER BY key`);
  return rows.map(({ key }) => key);
}
