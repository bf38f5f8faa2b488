import { sql, type ChildViews, type Transaction } from '#store';

/** The views of a child, or why they were not asked for, as pages show them. */
export interface ChildViewsLine extends Pick<ChildViews, 'position' | 'how' | 'whyNot' | 'words'> {
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** What was recorded of the views of a referral's children, the latest first. */
export function childViewsOf(tx: Transaction, referralId: string): Promise<readonly ChildViewsLine[]> {
  return tx.rows<ChildViewsLine>(sql`
    SELECT v.position, v.how, v.why_not AS "whyNot", v.words, s.name AS by, v.recorded_at AS at
    FROM child_views v JOIN staff_member s ON s.id = v.recorded_by
    WHERE v.referral_id = ${referralId} ORDER BY v.made_version DESC`);
}
