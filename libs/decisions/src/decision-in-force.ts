import type { Outcome } from '#domain';
import { Refused } from '#platform';
import { sql, type Transaction } from '#store';

/** The latest decision on a referral that was not taken back. */
export interface DecisionInForce {
  readonly id: string;
  readonly outcome: Outcome;
  /** Of single children, where they differ from it. */
  readonly otherOutcomes: readonly Outcome[];
  readonly decidedBy: string;
  readonly decidedAt: Temporal.Instant;
  /** The agreement with it that was not taken back; null while there is none. */
  readonly signOff: { readonly id: string; readonly signedBy: string } | null;
}

/** @throws Refused `not-found` when there is none */
export async function decisionInForce(tx: Transaction, referralId: string): Promise<DecisionInForce> {
  const found = await tx.row<DecisionInForce>(sql`
    SELECT d.id, d.outcome, (SELECT coalesce(array_agg(c.outcome), '{}') FROM decision_child c
       WHERE c.decision_id = d.id AND c.outcome IS NOT NULL) AS "otherOutcomes", d.decided_by AS "decidedBy", d.decided_at AS "decidedAt",
      (SELECT jsonb_build_object('id', s.id, 'signedBy', s.signed_by) FROM sign_off s
       WHERE s.decision_id = d.id AND s.result = 'agreed'
         AND NOT EXISTS (SELECT 1 FROM undoing WHERE sign_off_id = s.id)) AS "signOff"
    FROM decision d
    WHERE d.referral_id = ${referralId}
      AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1`);
  if (found === null) throw new Refused('not-found');
  return found;
}
