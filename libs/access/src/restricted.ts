import type { RestrictionCategory } from '#domain';
import { Refused } from '#platform';
import { sql, type Sql, type Transaction } from '#store';
import type { StaffActor } from './policy.ts';

/** How a list shows a restricted record: `hidden` to a person who may not open it, `open` to one who may. */
export type RestrictionShown = 'hidden' | 'open';

/**
 * Whether a person may not open the referral `r` of a statement, in SQL.
 *
 * @param personId who looks
 */
export function isHiddenFrom(personId: string): Sql {
  return sql`r.id IN (SELECT mash.hidden_from(${personId}))`;
}

/** The {@link RestrictionShown} of the referral `r` of a statement, in SQL; null where it is not restricted. */
export function restrictionShown(personId: string): Sql {
  return sql`CASE WHEN ${isHiddenFrom(personId)} THEN 'hidden' WHEN r.id IN (
    SELECT covered.referral_id FROM restricted_referral covered JOIN restriction x ON x.id = covered.restriction_id
    WHERE x.ended_at IS NULL) THEN 'open' END`;
}

/** Whether a person may not open a referral. */
export async function isHiddenFromPerson(tx: Transaction, referralId: string, personId: string): Promise<boolean> {
  const hidden = await tx.row(sql`
    SELECT 1 FROM mash.hidden_from(${personId}) hidden (referral_id) WHERE referral_id = ${referralId}`);
  return hidden !== null;
}

/**
 * Stops an act of a person on a referral that they may not open: for them there is none. Acts of agencies and of the service
 * go on.
 *
 * @throws Refused `not-found`
 */
export async function mustNotBeHidden(tx: Transaction, referralId: string): Promise<void> {
  // An act on one report does with another of the incident what it must, also where the person may not open that.
  if (tx.actor.kind !== 'staff' || tx.isOverAll) return;
  if (await isHiddenFromPerson(tx, referralId, tx.actor.id)) throw new Refused('not-found');
}

/** The references of every referral that a person may not open. */
export async function hiddenReferences(tx: Transaction, by: StaffActor): Promise<ReadonlySet<string>> {
  const hidden = await tx.rows<{ reference: string }>(
    sql`SELECT r.reference FROM referral r WHERE ${isHiddenFrom(by.id)}`,
  );
  return new Set(hidden.map(({ reference }) => reference));
}

/** Whether a person may open the referral of a reference; null where there is none. */
export async function isShown(tx: Transaction, reference: string, by: StaffActor): Promise<boolean | null> {
  const found = await tx.row<{ isHidden: boolean }>(
    sql`SELECT ${isHiddenFrom(by.id)} AS "isHidden" FROM referral r WHERE r.reference = ${reference}`,
  );
  return found === null ? null : !found.isHidden;
}

/** What a page says of a restricted referral to a person who may open it. */
export interface RestrictedPage {
  readonly categories: readonly RestrictionCategory[];
  /** Until when the person may open it. */
  readonly until: Temporal.Instant;
  /** The breaking of the glass by which they opened it; null where a manager named them. */
  readonly glassId: string | null;
}

/** @returns null where the referral is not restricted */
export async function restrictedPage(
  tx: Transaction,
  referralId: string,
  by: StaffActor,
): Promise<RestrictedPage | null> {
  return tx.row<RestrictedPage>(sql`
    SELECT array_agg(DISTINCT x.category) AS categories, min(g.until) AS until,
      (array_agg(g.opening_id) FILTER (WHERE g.opening_id IS NOT NULL))[1] AS "glassId"
    FROM restriction x JOIN restricted_referral covered ON covered.restriction_id = x.id
    CROSS JOIN LATERAL (
      SELECT until, opening_id FROM restriction_grant
      WHERE restriction_id = x.id AND staff_id = ${by.id} AND ended_at IS NULL AND until > ${tx.now}
      ORDER BY until DESC LIMIT 1) g
    WHERE covered.referral_id = ${referralId} AND x.ended_at IS NULL HAVING count(*) > 0`);
}
