import { randomUUIDv7 } from 'node:crypto';
import { may, type StaffActor } from '#access';
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
import { Refused } from '#platform';
import {
  auditEntry,
  Decision,
  linkEarlierReferrals,
  rowsOf,
  type Database,
  type Policies,
  type Transaction,
} from '#store';
import { claim } from '../claims/claim-referral.ts';
import { lockReferral, type LockedReferral } from '../referral/open-referral.ts';
import { takeEffect } from './take-effect.ts';

export interface RecordDecisionCommand {
  readonly reference: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  /** The version that the person had before them. */
  readonly version: number;
  readonly by: StaffActor;
}

/** Records what is to happen. It takes effect at once, or when somebody else signs it off. */
export class RecordDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns why it needs sign-off; empty when it has taken effect
   * @throws Refused `not-found`, `changed-meanwhile`, `already-decided`, or `held-by-someone-else`
   */
  async execute(command: RecordDecisionCommand): Promise<readonly SignOffReason[]> {
    const { reference, outcome, thresholdLevel, rationale, version, by } = command;
    return this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference, version);
      if (referral.status !== 'awaiting_decision') throw new Refused('already-decided');
      if (referral.claimedBy !== null && referral.claimedBy !== by.id && !may(by, 'claim:override')) {
        throw new Refused('held-by-someone-else');
      }
      if (referral.claimedBy === null) {
        await claim(tx, referral, by.id);
        await tx.insert(auditEntry(tx, by, 'referral.claimed', referral.id, { how: 'by deciding' }));
      }
      const reasons = await this.whySignOff(tx, referral, outcome, thresholdLevel);
      const decisionId = randomUUIDv7();
      await tx.insert(
        rowsOf(Decision, {
          id: decisionId,
          referralId: referral.id,
          outcome,
          thresholdLevel,
          rationale,
          decidedBy: by.id,
          decidedAt: tx.now,
          signOffReasons: reasons,
        }),
        auditEntry(tx, by, 'referral.decided', referral.id, { decisionId, outcome, thresholdLevel, signOff: reasons }),
      );
      if (reasons.length === 0) await takeEffect(tx, this.policies, referral, { id: decisionId, decidedAt: tx.now });
      else await awaitSignOff(tx, referral);
      return reasons;
    });
  }

  private async whySignOff(
    tx: Transaction,
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
    const { calendar } = await this.policies.inForce(tx);
    return signOffReasons({
      outcome,
      thresholdLevel,
      agreement: facts!.agreement,
      ratingWasLowered: facts!.ratingWasLowered,
      earlierReferrals: await linkEarlierReferrals(tx, referral.id),
      childUnderOneOrUnborn: hasChildUnderOne(facts!.children, localDate(calendar, referral.receivedAt)),
    });
  }
}

async function awaitSignOff(tx: Transaction, { id }: LockedReferral): Promise<void> {
  await tx.update(
    `UPDATE referral SET status = 'awaiting_sign_off', version = version + 1, last_changed_at = $2 WHERE id = $1`,
    [id, tx.now],
  );
}
