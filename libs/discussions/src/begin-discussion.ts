import type { Policies } from '#deadlines';
import { needsDiscussion, type Outcome } from '#domain';
import { sql, StrategyDiscussion, type Transaction } from '#store';
import {
  endConferenceClock,
  endDiscussionClock,
  openDiscussion,
  startDiscussion,
  type Discussed,
} from './discussion-state.ts';

/** A decision that has taken effect. */
interface Effective {
  readonly decisionId: string;
  /** Its own, and those of the children who have another. */
  readonly outcomes: readonly Outcome[];
  readonly decidedBy: string;
  readonly decidedAt: Temporal.Instant;
}

/**
 * A decision takes effect: where its outcome, or that of one child, asks for a strategy discussion, the clock of one
 * begins in the same transaction. It is counted from the decision, also where another person signed that off later.
 * Where an earlier one is still open, its clock runs on, and no decision gives it more time.
 */
export async function beginDiscussion(
  tx: Transaction,
  policies: Policies,
  referral: Discussed,
  { decisionId, outcomes, decidedBy, decidedAt }: Effective,
): Promise<void> {
  if (!outcomes.some(needsDiscussion) || (await openDiscussion(tx, referral.id)) !== null) return;
  await startDiscussion(tx, policies, referral, { decisionId, ownerId: decidedBy, startedAt: decidedAt, again: null });
}

/** The decision, or the agreement with it, is taken back: its discussion ends as if it had not been. */
export async function withdrawDiscussion(tx: Transaction, referral: Discussed, decisionId: string): Promise<void> {
  const discussions = await tx.rows<{ id: string }>(sql`
    SELECT id FROM strategy_discussion WHERE decision_id = ${decisionId} AND withdrawn_at IS NULL`);
  for (const { id } of discussions) {
    await tx.change(StrategyDiscussion, id, { withdrawnAt: tx.now });
    await endDiscussionClock(tx, referral, id, 'superseded');
    await endConferenceClock(tx, referral, id, 'superseded');
  }
}
