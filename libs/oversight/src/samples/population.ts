import { hasChildUnderOne, localDate, strataOf, type ChildFacts, type Outcome, type SampleMonth } from '#domain';
import type { Sampleable, ThresholdLevel } from '#domain';
import { sql, type Transaction } from '#store';

/** Decisions that are read at once. */
const PAGE = 5_000;

/** A decision that took effect in a month. */
export interface DecisionOfMonth extends Sampleable {
  readonly decisionId: string;
}

interface Row {
  readonly referralId: string;
  readonly decisionId: string;
  readonly decidedBy: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly receivedAt: Temporal.Instant;
  readonly children: readonly ChildFacts[];
  readonly ratingWasLowered: boolean;
  readonly suggestionWasOverridden: boolean;
}

/**
 * The decisions that took effect in a month, with their strata: of a referral that was decided twice in it, the last.
 * It reads rows that are never changed, and of ratings those before the decision took effect, so that it is the same
 * whenever it is asked.
 */
export async function decisionsOf(
  tx: Transaction,
  calendar: { readonly timeZone: string },
  { from, until }: SampleMonth,
): Promise<readonly DecisionOfMonth[]> {
  const found: DecisionOfMonth[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await tx.rows<Row>(sql`
      SELECT t.referral_id AS "referralId", d.id AS "decisionId", d.decided_by AS "decidedBy", d.outcome,
        d.threshold_level AS "thresholdLevel", t.received_at AS "receivedAt",
        (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('dateOfBirth', c.submitted->'dateOfBirth',
           'expectedDateOfBirth', c.submitted->'expectedDateOfBirth', 'estimatedAge', c.submitted->'estimatedAge'))), '[]')
         FROM referral_child c WHERE c.referral_id = t.referral_id) AS children,
        EXISTS (SELECT 1 FROM rating g WHERE g.referral_id = t.referral_id AND g.at <= t.effective_at
          AND array_position(${BY_URGENCY}, g.rating) > array_position(${BY_URGENCY}, g.previous)) AS "ratingWasLowered",
        coalesce((SELECT g.rating <> g.previous FROM rating g
          WHERE g.referral_id = t.referral_id AND g.given_by IS NOT NULL AND g.at <= t.effective_at
          ORDER BY g.at, g.id LIMIT 1), false) AS "suggestionWasOverridden"
      FROM (
        SELECT DISTINCT ON (referral_id) referral_id, decision_id, received_at, effective_at FROM response_time e
        WHERE effective_at >= ${from} AND effective_at < ${until} AND referral_id > ${after}
          -- A decision, or the agreement with it, that was taken back never took effect.
          AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = e.decision_id AND u.undone_at >= e.effective_at)
        ORDER BY referral_id, effective_at DESC LIMIT ${PAGE}) t
      JOIN decision d ON d.id = t.decision_id
      ORDER BY t.referral_id`);
    found.push(...rows.map((row) => asSampleable(row, calendar)));
    if (rows.length < PAGE) return found;
    after = rows.at(-1)!.referralId;
  }
}

function asSampleable(row: Row, calendar: { readonly timeZone: string }): DecisionOfMonth {
  const { referralId, decisionId, decidedBy, receivedAt, children, ...facts } = row;
  return {
    ...{ referralId, decisionId, decidedBy },
    strata: strataOf({ ...facts, hasChildUnderOne: hasChildUnderOne(children, localDate(calendar, receivedAt)) }),
  };
}

/** The ratings, the most urgent first. */
const BY_URGENCY = sql`ARRAY['red', 'amber', 'green']`;
