import type { Policies } from '#deadlines';
import { reasonsToPause, undoableUntil, type Outcome, type SignOffReason, type ThresholdLevel } from '#domain';
import { lockReferral } from '#referrals';
import type { Database } from '#store';
import { whySignOff } from './why-sign-off.ts';

export interface PreviewedDecision {
  /** Why somebody else would have to sign it off. */
  readonly signOffReasons: readonly SignOffReason[];
  /** Why whoever decides should stop and read first. */
  readonly pauseFor: readonly SignOffReason[];
  /** It can be taken back for a while: not where a child is in danger now, or is to be protected at once. */
  readonly canBeTakenBack: boolean;
}

/** What a decision would need, before it is recorded. */
export class PreviewDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found` */
  async execute(decision: {
    readonly reference: string;
    readonly outcome: Outcome;
    readonly thresholdLevel: ThresholdLevel;
  }): Promise<PreviewedDecision> {
    const { reference, outcome, thresholdLevel } = decision;
    return this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference);
      const signOffReasons = await whySignOff(tx, this.policies, referral, outcome, thresholdLevel);
      const { immediateDanger } = referral;
      return {
        signOffReasons,
        pauseFor: reasonsToPause(outcome, signOffReasons),
        canBeTakenBack: undoableUntil(tx.now, { immediateDanger, outcome }) !== null,
      };
    });
  }
}
