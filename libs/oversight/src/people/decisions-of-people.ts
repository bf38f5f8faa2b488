import { sql, type Transaction } from '#store';

/** What became of the decisions that one person made. */
export interface DecisionsOfPerson {
  readonly made: number;
  readonly neededSignOff: number;
  readonly returned: number;
  /** By the person themselves; an agreement that a manager took back is not among them. */
  readonly takenBack: number;
}

export const NO_DECISIONS: DecisionsOfPerson = { made: 0, neededSignOff: 0, returned: 0, takenBack: 0 };

/**
 * The decisions on referrals that were received in a period, by the person who made each. A decision that was returned
 * or taken back counts for the person who made it, also where another person decided afterwards: a standing tells of
 * the decision in force alone.
 *
 * @param to not included
 */
export async function decisionsOfPeople(
  tx: Transaction,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
): Promise<ReadonlyMap<string, DecisionsOfPerson>> {
  const found = await tx.overAll((all) =>
    all.rows<DecisionsOfPerson & { personId: string }>(sql`
    SELECT d.decided_by AS "personId", count(*)::int AS made,
      (count(*) FILTER (WHERE cardinality(d.sign_off_reasons) > 0))::int AS "neededSignOff",
      (count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM sign_off s WHERE s.decision_id = d.id AND s.result = 'returned')))::int AS returned,
      (count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)))::int AS "takenBack"
    FROM referral r JOIN decision d ON d.referral_id = r.id
    WHERE r.received_at >= ${from} AND r.received_at < ${to} GROUP BY d.decided_by`),
  );
  return new Map(found.map(({ personId, ...counts }) => [personId, counts]));
}

/** What the decisions of all of them come to. */
export function sumOf(decisions: Iterable<DecisionsOfPerson>): DecisionsOfPerson {
  let sum = NO_DECISIONS;
  for (const one of decisions) {
    sum = {
      made: sum.made + one.made,
      neededSignOff: sum.neededSignOff + one.neededSignOff,
      returned: sum.returned + one.returned,
      takenBack: sum.takenBack + one.takenBack,
    };
  }
  return sum;
}
