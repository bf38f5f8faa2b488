import type { Policies } from '#deadlines';
import {
  hasChildUnderOne,
  localDate,
  signOffReasons,
  type AgreementStatus,
  type ChildFacts,
  type Outcome,
  type SignOffReason,
  type ThresholdLevel,
} from '#domain';
import { linkEarlierReferrals, type LockedReferral } from '#referrals';
import type { Transaction } from '#store';

/** Why a decision on a referral would need sign-off by somebody else; nothing when it would take effect at once. */
export async function whySignOff(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  outcome: Outcome,
  thresholdLevel: ThresholdLevel,
): Promise<readonly SignOffReason[]> {
  const facts = await tx.row<{ agreement: AgreementStatus; ratingWasLowered: boolean; children: ChildFacts[] }>(
    `SELECT submitted->'agreement'->>'status' AS agreement,
         EXISTS (
           SELECT 1 FROM rating WHERE referral_id = referral.id
           AND array_position($2, rating.rating) > array_position($2, rating.previous)) AS "ratingWasLowered",
         (SELECT jsonb_agg(submitted) FROM referral_child WHERE referral_id = referral.id) AS children
       FROM referral WHERE id = $1`,
    [referral.id, ['red', 'amber', 'green']],
  );
  const { calendar } = await policies.inForce(tx);
  return signOffReasons({
    outcome,
    thresholdLevel,
    agreement: facts!.agreement,
    ratingWasLowered: facts!.ratingWasLowered,
    earlierReferrals: await linkEarlierReferrals(tx, referral.id),
    childUnderOneOrUnborn: hasChildUnderOne(facts!.children, localDate(calendar, referral.receivedAt)),
  });
}
