import { randomUUIDv7 } from 'node:crypto';
import { endDeadlines, endServiceDeadline, followUpSubject, type Policies } from '#deadlines';
import { beginDiscussion } from '#discussions';
import { responseTime, type Outcome } from '#domain';
import { oweFeedback } from '#feedback';
import { endRequests } from '#partners';
import { decideReferral, type LockedReferral } from '#referrals';
import { routeOn } from '#routes';
import { RecordedResponseTime, rowsOf, sql, type Transaction } from '#store';

/**
 * The decision takes effect: the referral is decided, its clocks stop, its chain of alerts ends, how long it took
 * is recorded for good, the family is sent where the decision says, and a strategy discussion begins
 * where it asks for one. The hub owes its referrer an answer from then on.
 *
 * @throws Error when the referral has no open decision deadline, which invariant I3 rules out
 */
export async function takeEffect(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  decision: {
    readonly id: string;
    readonly outcome: Outcome;
    readonly decidedAt: Temporal.Instant;
    readonly undoableUntil: Temporal.Instant | null;
  },
): Promise<void> {
  const met = (await endDeadlines(tx, referral.id, 'met')).find(({ kind }) => kind === 'decision');
  if (met === undefined) throw new Error(`referral ${referral.id} has no open deadline for its decision`);
  const { policyVersion, calendarVersion, calendar } = await policies.of(met, tx);
  const { receivedAt, decisionDueAt, statutoryDueAt, firstOpenedAt, firstClaimedAt, firstRatedAt } = referral;
  const times = { receivedAt, effectiveAt: tx.now, dueAt: decisionDueAt, statutoryDueAt };
  const id = randomUUIDv7();
  await tx.insert(
    rowsOf(RecordedResponseTime, {
      id,
      referralId: referral.id,
      decisionId: decision.id,
      decidedAt: decision.decidedAt,
      ...{ firstOpenedAt, firstClaimedAt, firstRatedAt },
      ...times,
      ...responseTime(calendar, times),
      policyVersion,
      calendarVersion,
    }),
  );
  await endRequests(tx, referral);
  // A manager who was told of a third contact need not look any more.
  await endServiceDeadline(tx, 'third_contact', followUpSubject(referral.reference, referral.id));
  await decideReferral(tx, referral.id, id, decision.undoableUntil);
  const { outcomes, decidedBy, followsAnother } = await whatFollows(tx, decision.id);
  if (!followsAnother) {
    const { id: decisionId, decidedAt } = decision;
    await beginDiscussion(tx, policies, referral, { decisionId, outcomes, decidedBy, decidedAt });
    await routeOn(tx, policies, referral, { id: decisionId, outcomes });
  }
  await oweFeedback(tx, policies, referral, decision);
}

interface WhatFollows {
  readonly outcomes: readonly [Outcome, ...Outcome[]];
  /** The id of the person. */
  readonly decidedBy: string;
  readonly followsAnother: boolean;
}

/**
 * What must follow a decision: its outcome, and those of the children who have another. A further report of one incident
 * follows the discussion and the route of the first, once the decision on that is in effect.
 */
async function whatFollows(tx: Transaction, decisionId: string): Promise<WhatFollows> {
  const found = await tx.row<WhatFollows>(sql`
    SELECT d.decided_by AS "decidedBy", array_prepend(d.outcome, coalesce((SELECT array_agg(DISTINCT c.outcome) FROM decision_child c
        WHERE c.decision_id = d.id AND c.included AND c.outcome IS NOT NULL AND c.outcome <> d.outcome), '{}')) AS outcomes,
      EXISTS (SELECT 1 FROM response_time t JOIN referral r ON r.response_time_id = t.id
        WHERE t.decision_id = d.decided_with AND r.status = 'decided') AS "followsAnother"
    FROM decision d WHERE d.id = ${decisionId}`);
  return found!;
}
