import { sql, type Sql, type Transaction } from '#store';

/** Of a child `mine` and a child `theirs`. */
const NOT_KEPT_APART: Sql = sql`NOT EXISTS (
  SELECT 1 FROM child_judgement j WHERE NOT j.is_same AND j.ended_at IS NULL
    AND ((j.one_id, j.one_position, j.other_id, j.other_position)
        = (mine.referral_id, mine.position, theirs.referral_id, theirs.position)
      OR (j.one_id, j.one_position, j.other_id, j.other_position)
        = (theirs.referral_id, theirs.position, mine.referral_id, mine.position)))`;

/**
 * The earlier referrals of the same children in the twelve months before the receipt of a referral (the period of a
 * re-referral in the DfE's children in need census): by NHS number, UPN, or name and date of birth. Two children whose
 * numbers of one kind differ are not the same by name, and two of whom a person said that they are not one never are.
 * One row for each earlier referral, with the strongest match and the positions of the children of the later one.
 */
export function earlierOf(referralId: string): Sql {
  return sql`
    SELECT this.id AS referral_id, earlier.id AS earlier_id,
      (array_agg(same.matched_on ORDER BY same.strength))[1] AS matched_on, array_agg(DISTINCT same.position::int) AS children
    FROM referral this
    JOIN (
      SELECT mine.referral_id, mine.position, theirs.referral_id AS earlier_id, 'nhs_number' AS matched_on, 1 AS strength
      FROM referral_child mine JOIN referral_child theirs USING (nhs_number)
      WHERE mine.referral_id = ${referralId} AND ${NOT_KEPT_APART}
      UNION ALL
      SELECT mine.referral_id, mine.position, theirs.referral_id, 'upn', 2
      FROM referral_child mine JOIN referral_child theirs USING (upn)
      WHERE mine.referral_id = ${referralId} AND ${NOT_KEPT_APART}
      UNION ALL
      SELECT mine.referral_id, mine.position, theirs.referral_id, 'name_and_date_of_birth', 3
      FROM referral_child mine JOIN referral_child theirs USING (name_key, date_of_birth)
      WHERE mine.referral_id = ${referralId}
        AND (mine.nhs_number = theirs.nhs_number) IS NOT FALSE AND (mine.upn = theirs.upn) IS NOT FALSE
        AND ${NOT_KEPT_APART}
    ) same ON same.referral_id = this.id
    JOIN referral earlier ON earlier.id = same.earlier_id
    WHERE this.id = ${referralId} AND earlier.id <> this.id AND earlier.received_at < this.received_at
      AND earlier.received_at >= this.received_at - interval '12 months'
    GROUP BY this.id, earlier.id`;
}

/** Links a referral to the earlier referrals of the same children. Safe to repeat. */
export async function linkEarlierReferrals(tx: Transaction, referralId: string): Promise<void> {
  await tx.overAll((all) =>
    all.run(sql`
    INSERT INTO earlier_referral (referral_id, earlier_id, matched_on)
    SELECT referral_id, earlier_id, matched_on FROM (${earlierOf(referralId)}) earlier ON CONFLICT DO NOTHING`),
  );
}

/**
 * How many earlier incidents the same children were referred for, linked yet or not. Reports of one incident count as one,
 * and those of the referral's own incident not at all. Writes nothing.
 */
export async function countEarlierIncidents(tx: Transaction, referralId: string): Promise<number> {
  const { count } = (await tx.overAll((all) =>
    all.row<{ count: number }>(sql`
    SELECT count(DISTINCT ${INCIDENT_OF_EARLIER})::int AS count FROM (${earlierOf(referralId)}) e ${WITH_INCIDENTS}
    WHERE ${OF_ANOTHER_INCIDENT}`),
  ))!;
  return count;
}

/** Joins the incidents of a link `e` between a referral and an earlier one. */
export const WITH_INCIDENTS: Sql = sql`LEFT JOIN referral_incident its ON its.referral_id = e.earlier_id
  LEFT JOIN referral_incident own ON own.referral_id = e.referral_id`;
/** The incident of the earlier referral, which is itself where it is the only report. */
export const INCIDENT_OF_EARLIER: Sql = sql`coalesce(its.incident_id, e.earlier_id)`;
/** The two referrals report two incidents. */
export const OF_ANOTHER_INCIDENT: Sql = sql`(its.incident_id = own.incident_id) IS NOT TRUE`;
