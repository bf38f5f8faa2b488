import { randomUUIDv7 } from 'node:crypto';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { Policies } from '#deadlines';
import { undoableUntil, type Outcome, type SignOffReason, type ThresholdLevel } from '#domain';
import { Refused } from '#platform';
import { lockReferral, type LockedReferral } from '#referrals';
import { Decision, rowsOf, type Database, type Transaction } from '#store';
import { claim } from '#work';
import { takeEffect } from './take-effect.ts';
import { whySignOff } from './why-sign-off.ts';

/** What was weighed, under the headings of Signs of Safety; empty where nothing was said. */
export interface DecisionAnalysis {
  readonly worries: string;
  readonly workingWell: string;
  readonly needsToHappen: string;
  /** 0 = things could not be worse, 10 = safe enough to close; null when not said. */
  readonly safetyScale: number | null;
  readonly childsVoice: string;
}

export interface RecordDecisionCommand {
  readonly reference: string;
  readonly outcome: Outcome;
  readonly thresholdLevel: ThresholdLevel;
  readonly rationale: string;
  readonly analysis?: DecisionAnalysis;
  /** The form it is sent from, a UUID: sent twice, it decides once. */
  readonly formId?: string;
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
    const { reference, outcome, thresholdLevel, rationale, analysis, formId = null, version, by } = command;
    return this.database.transaction(async (tx) => {
      const referral = await lockReferral(tx, reference);
      const sent = await alreadySent(tx, referral, formId, by);
      if (sent !== null) return sent;
      if (referral.version !== version) throw new Refused('changed-meanwhile');
      if (referral.status !== 'awaiting_decision') throw new Refused('already-decided');
      if (referral.claimedBy !== null && referral.claimedBy !== by.id && !may(by, 'claim:override')) {
        throw new Refused('held-by-someone-else');
      }
      if (referral.claimedBy === null) {
        await claim(tx, referral, by.id);
        await tx.insert(auditEntry(tx, by, 'referral.claimed', referral.id, { how: 'by deciding' }));
      }
      const reasons = await whySignOff(tx, this.policies, referral, outcome, thresholdLevel);
      const until = undoableUntil(tx.now, { immediateDanger: referral.immediateDanger, outcome });
      const decisionId = randomUUIDv7();
      await tx.insert(
        rowsOf(Decision, {
          id: decisionId,
          referralId: referral.id,
          outcome,
          thresholdLevel,
          rationale,
          ...written(analysis),
          formId,
          decidedBy: by.id,
          decidedAt: tx.now,
          signOffReasons: reasons,
        }),
        auditEntry(tx, by, 'referral.decided', referral.id, {
          decisionId, outcome, thresholdLevel, signOff: reasons, formId,
        }), // prettier-ignore
      );
      if (reasons.length > 0) await awaitSignOff(tx, referral, until);
      else await takeEffect(tx, this.policies, referral, { id: decisionId, decidedAt: tx.now, undoableUntil: until });
      return reasons;
    });
  }
}

async function awaitSignOff(tx: Transaction, { id }: LockedReferral, until: Temporal.Instant | null): Promise<void> {
  await tx.update(
    `UPDATE referral SET status = 'awaiting_sign_off', undoable_until = $3, version = version + 1, last_changed_at = $2
     WHERE id = $1`,
    [id, tx.now, until],
  );
}

/**
 * What the same form was answered when it was sent before; null when it was not.
 *
 * @throws Refused `changed-meanwhile` when what it decided then was taken back or returned: it decides nothing again
 */
async function alreadySent(
  tx: Transaction,
  { id }: LockedReferral,
  formId: string | null,
  by: StaffActor,
): Promise<readonly SignOffReason[] | null> {
  const sent = await tx.row<{ reasons: readonly SignOffReason[]; stands: boolean }>(
    `SELECT sign_off_reasons AS reasons, NOT EXISTS (SELECT 1 FROM undoing WHERE decision_id = d.id AND sign_off_id IS NULL)
         AND NOT EXISTS (SELECT 1 FROM sign_off WHERE decision_id = d.id AND result = 'returned') AS stands
     FROM decision d WHERE d.form_id = $1 AND d.decided_by = $2 AND d.referral_id = $3`,
    [formId, by.id, id],
  );
  if (sent?.stands === false) throw new Refused('changed-meanwhile');
  return sent?.reasons ?? null;
}

function written(analysis: DecisionAnalysis | undefined) {
  const orNull = (text: string | undefined) => (text === undefined || text === '' ? null : text);
  return {
    worries: orNull(analysis?.worries),
    workingWell: orNull(analysis?.workingWell),
    needsToHappen: orNull(analysis?.needsToHappen),
    safetyScale: analysis?.safetyScale ?? null,
    childsVoice: orNull(analysis?.childsVoice),
  };
}
