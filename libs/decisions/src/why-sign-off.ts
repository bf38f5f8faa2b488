import type { Policies } from '#deadlines';
import { hasChildUnderOne, localDate, signOffReasons, type AgreementStatus, type ChildFacts, type Outcome, type SignOffReason, type ThresholdLevel } from '#domain';
import { countEarlierReferrals, type LockedReferral } from '#referrals';
import { sql, type Transaction } from '#store';

interface Facts {
  readonly agreement: AgreementStatus;
  readonly ratingWasLowered: boolean;
  readonly children: readonly ChildFacts[];
}

/**
 * Why a decision on a referral would need sign-off by another person; empty when it would take effect at once. Writes
 * nothing.
 */
export async function whySignOff(
  tx: Transaction,
  policies: Policies,
  referral: Pick<LockedReferral, 'id' | 'receivedAt'>,
  outcome: Outcome,
  thresholdLevel: ThresholdLevel,
): Promise<readonly SignOffReason[]> {
  const { agreement, ratingWasLowered, children } = (await tx.row<Facts>(sql`
    SELECT submitted->'agreement'->>'status' AS agreement,
      EXISTS (
        SELECT 1 FROM rating WHERE referral_id = referral.id
        AND array_position(${BY_URGENCY}, rating.rating) > array_position(${BY_URGENCY}, rating.previous))
        AS "ratingWasLowered",
      (SELECT jsonb_agg(submitted) FROM referral_child WHERE referral_id = referral.id) AS children
    FROM referral WHERE id = ${referral.id}`))!;
  const { calendar } = await policies.inForce(tx);
  return signOffReasons({
    outcome,
    thresholdLevel,
    agreement,
    ratingWasLowered,
    earlierReferrals: await countEarlierReferrals(tx, referral.id),
    childUnderOneOrUnborn: hasChildUnderOne(children, localDate(calendar, referral.receivedAt)),
  });
}

/** The ratings, the most urgent first. */
const BY_URGENCY = sql`ARRAY['red', 'amber', 'green']`;
