import { randomUUIDv7 } from 'node:crypto';
import { auditEntry, type AuditDetails, type AuditedAct } from '#audit';
import { followUpSubject, type Policies } from '#deadlines';
import type { AddedKind } from '#domain';
import { noteChange, type LockedReferral } from '#referrals';
import { ReferralAddition, rowsOf, sql, type Transaction } from '#store';
import { tellDecider } from './tell-decider.ts';

export interface AdditionToKeep {
  readonly kind: AddedKind;
  readonly words: string;
  readonly saidBy: string;
  readonly correction: { readonly pointer: string; readonly value: string } | null;
  readonly agencyId: string;
  readonly key: string;
  readonly fingerprint: Buffer;
}

/**
 * Keeps what an agency adds to a referral beside what it submitted. Before the decision it changes the version of the
 * referral, so that a colleague who is deciding is told; after it the decider is.
 *
 * @param details of the entry in the record, beside the id of the addition
 * @returns the id of the addition
 */
export async function keepAddition(
  tx: Transaction,
  policies: Policies,
  referral: LockedReferral,
  { correction, ...addition }: AdditionToKeep,
  act: AuditedAct,
  details: AuditDetails = {},
): Promise<string> {
  const id = randomUUIDv7();
  const decision = await decisionInForce(tx, referral.id);
  await tx.insert(
    rowsOf(ReferralAddition, {
      ...{ id, referralId: referral.id, ...addition },
      pointer: correction?.pointer ?? null,
      rightValue: correction?.value ?? null,
      addedAt: tx.now,
      cameAfter: decision?.id ?? null,
    }),
    auditEntry(tx, act, referral.id, { additionId: id, ...details }),
  );
  await noteChange(tx, referral.id);
  if (decision !== null) {
    const { rating } = referral;
    const told = { subject: followUpSubject(referral.reference, id), deciderId: decision.deciderId, rating };
    await tellDecider(tx, policies, told);
  }
  return id;
}

/** The decision that stands, signed off or not, and who made it; null while the referral is to be decided. */
function decisionInForce(tx: Transaction, referralId: string): Promise<{ id: string; deciderId: string } | null> {
  return tx.row<{ id: string; deciderId: string }>(sql`
    SELECT d.id, d.decided_by AS "deciderId" FROM decision d JOIN referral r ON r.id = d.referral_id
    WHERE r.id = ${referralId} AND r.status <> 'awaiting_decision'
      AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1`);
}
