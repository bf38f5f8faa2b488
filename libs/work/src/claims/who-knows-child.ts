import { familyOf } from '#children';
import { sql, type Transaction } from '#store';

/** A person who had, or decided, another referral of the same child, or of its family, in the last twelve months. */
export interface KnowsChild {
  readonly id: string;
  /** That referral, and when the person last worked on it: the latest where there are several. */
  readonly reference: string;
  readonly at: Temporal.Instant;
  /** Whether it is of the child itself, or of a brother or sister. */
  readonly knows: 'child' | 'family';
}

const WITHIN_HOURS = 365 * 24;

/**
 * Who knows the children of a referral, by the links between referrals, or others of their family. Who knows the child
 * itself is named with that.
 */
export async function whoKnowsChild(tx: Transaction, reference: string): Promise<readonly KnowsChild[]> {
  const family = (await familyOf(tx, reference)).map(({ referralId }) => referralId);
  return tx.rows<KnowsChild>(sql`
    SELECT DISTINCT ON (had.id) had.id, o.reference, had.at, linked.knows
    FROM referral r
    JOIN LATERAL (SELECT earlier_id AS id, 'child' AS knows FROM earlier_referral WHERE referral_id = r.id
      UNION SELECT referral_id, 'child' FROM earlier_referral WHERE earlier_id = r.id
      UNION SELECT unnest(${family}::uuid[]), 'family') linked ON true
    JOIN referral o ON o.id = linked.id
    JOIN LATERAL (SELECT o.claimed_by AS id, o.claimed_at AS at WHERE o.claimed_by IS NOT NULL
      UNION ALL SELECT d.decided_by, d.decided_at FROM decision d WHERE d.referral_id = o.id) had ON true
    WHERE r.reference = ${reference} AND had.at > ${tx.now.subtract({ hours: WITHIN_HOURS })}
    ORDER BY had.id, linked.knows, had.at DESC, o.id`);
}
