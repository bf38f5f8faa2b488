import type { Policies } from '#deadlines';
import {
  contradicts,
  countsAsRed,
  hasChildUnderOne,
  isLate,
  lacksDiscussion,
  localDate,
  needsOfCaseCheck,
  reasonsToPause,
  SIGN_OFF_REASONS,
  signOffReasons,
  type AgreementStatus,
  type ChildFacts,
  type Decided,
  type DecisionFacts,
  type LateReason,
  type Progression,
  type SignOffReason,
} from '#domain';
import { caseChecksOf, countEarlierIncidents, ratingsOf, type LockedReferral } from '#referrals';
import { sql, type Transaction } from '#store';

/** What the policy in force asks of a decision. */
export interface NeedsOfDecision {
  /** Why another person has to sign it off; empty when it takes effect at once. */
  readonly signOff: readonly SignOffReason[];
  /** Why the decider reads a page first; empty when they need not. */
  readonly pauseFor: readonly SignOffReason[];
  /** Its outcome and its level contradict each other, so that it has to say why. */
  readonly contradicts: boolean;
  /** It is at level 4 and no strategy discussion follows, so that it has to say why, unless it says so by `contradicts`. */
  readonly lacksDiscussion: boolean;
  /** A child has to be looked for in the case system first. */
  readonly caseCheckIsMissing: boolean;
  /** A child has an open case, so that it has to say why it goes to another than its worker. */
  readonly asksWhyNotWorker: boolean;
  /** What a decision of this outcome counts as, unless the decider says otherwise. */
  readonly proposedProgression: Progression;
  /** One of its limits has passed, so that it asks why. */
  readonly isLate: boolean;
  /** The reasons to choose from then. */
  readonly lateReasons: readonly LateReason[];
}

interface Facts {
  readonly agreement: AgreementStatus;
  readonly ratingWasLowered: boolean;
  readonly children: readonly ChildFacts[];
}

/**
 * The needs of a decision on a referral, by the policy in force now. Writes nothing.
 *
 * @param decided its own outcome and level, then those that differ for single children: what any of them needs, it needs
 */
export async function needsOfDecision(
  tx: Transaction,
  policies: Policies,
  referral: Pick<LockedReferral, 'id' | 'receivedAt' | 'immediateDanger' | 'decisionDueAt' | 'statutoryDueAt'>,
  [own, ...others]: readonly [Decided, ...Decided[]],
): Promise<NeedsOfDecision> {
  const { children, ...facts } = (await tx.row<Facts>(sql`
    SELECT mash.submitted(referral.id)->'agreement'->>'status' AS agreement,
      EXISTS (
        SELECT 1 FROM rating WHERE referral_id = referral.id
        AND array_position(${BY_URGENCY}, rating.rating) > array_position(${BY_URGENCY}, rating.previous))
        AS "ratingWasLowered",
      (SELECT jsonb_agg(submitted) FROM referral_child WHERE referral_id = referral.id) AS children
    FROM referral WHERE id = ${referral.id}`))!;
  const { policy, calendar } = await policies.inForce(tx);
  const checks = await caseChecksOf(tx, referral.id);
  const results = children.map((_, at) => checks.find(({ position }) => position === at)?.result ?? null);
  const { immediateDanger } = referral;
  const alike = {
    ...facts,
    countsAsRed: countsAsRed(await ratingsOf(tx, referral.id)),
    immediateDanger,
    earlierReferrals: await countEarlierIncidents(tx, referral.id),
    childUnderOneOrUnborn: hasChildUnderOne(children, localDate(calendar, referral.receivedAt)),
  };
  const all = [own, ...others];
  const any = (reasonsFor: (decision: DecisionFacts) => readonly SignOffReason[]) => {
    const found = new Set(all.flatMap((decided) => reasonsFor({ ...alike, ...decided })));
    return SIGN_OFF_REASONS.filter((reason) => found.has(reason));
  };
  const isContradictory = all.some((one) => contradicts(policy.contradictions, one.outcome, one.thresholdLevel));
  const caseChecks = all.map(({ outcome }) =>
    needsOfCaseCheck(policy.caseCheck.askedBefore, { outcome, immediateDanger, results }),
  );
  return {
    signOff: any((decision) => signOffReasons(policy.signOff.neededWhen, decision)),
    pauseFor: any((decision) => reasonsToPause(policy.pauseWhen, decision)),
    contradicts: isContradictory,
    // Where outcome and level contradict each other, the reason for that says why there is no discussion too.
    lacksDiscussion: !isContradictory && all.some((one) => lacksDiscussion({ ...alike, ...one })),
    caseCheckIsMissing: caseChecks.some(({ isMissing }) => isMissing),
    asksWhyNotWorker: caseChecks.some(({ asksWhyNotWorker }) => asksWhyNotWorker),
    proposedProgression: policy.progressions[own.outcome],
    isLate: isLate(tx.now, referral),
    lateReasons: policy.lateReasons,
  };
}

/** The ratings, the most urgent first. */
const BY_URGENCY = sql`ARRAY['red', 'amber', 'green']`;
