import { randomUUIDv7 } from 'node:crypto';
import { GRANT_DAYS, type GrantLength } from '#domain';
import { Refused } from '#platform';
import { RestrictionBar, RestrictionGrant, rowsOf, sql, type RowsOf, type Transaction } from '#store';

const HOURS_A_DAY = 24;

/** A manager lets people in, for one task or for as long as they work with the family. */
export function grantRows(
  tx: Transaction,
  restrictionId: string,
  staffIds: readonly string[],
  length: GrantLength,
  givenBy: string,
): RowsOf {
  const until = tx.now.add({ hours: GRANT_DAYS[length] * HOURS_A_DAY });
  const how = { restrictionId, givenBy, givenAt: tx.now, until, openingId: null, endedBy: null, endedAt: null };
  return rowsOf(RestrictionGrant, ...staffIds.map((staffId) => ({ id: randomUUIDv7(), staffId, ...how })));
}

/** A manager says who must not open it, because they are or know one of the people. */
export function barRows(tx: Transaction, restrictionId: string, staffIds: readonly string[], saidBy: string): RowsOf {
  const how = { restrictionId, saidBy, saidAt: tx.now, endedBy: null, endedAt: null };
  return rowsOf(RestrictionBar, ...staffIds.map((staffId) => ({ id: randomUUIDv7(), staffId, ...how })));
}

/** Ends every grant that a person has on a restriction. */
export async function endGrants(
  tx: Transaction,
  restrictionId: string,
  staffId: string,
  endedBy: string,
): Promise<void> {
  await tx.run(sql`
    UPDATE restriction_grant SET ended_by = ${endedBy}, ended_at = ${tx.now}
    WHERE restriction_id = ${restrictionId} AND staff_id = ${staffId} AND ended_at IS NULL AND until > ${tx.now}`);
}

/** People of the hub can be named; those who have left can be kept out. @throws Refused `form-not-whole` for any other id */
export async function mustWorkHere(tx: Transaction, staffIds: readonly string[]): Promise<void> {
  const found = await tx.rows(sql`
    SELECT 1 FROM staff_member WHERE id = ANY(${staffIds}::uuid[]) AND agency_id IS NULL`);
  if (found.length !== new Set(staffIds).size) throw new Refused('form-not-whole');
}
