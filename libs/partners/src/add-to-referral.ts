import { createHash, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { AgencyActor } from '#access';
import { auditEntry, type AuditedAct } from '#audit';
import { followUpSubject, Policies } from '#deadlines';
import { parseReferralReference, type AdditionKind } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange, type LockedReferral } from '#referrals';
import { Database, Referral, ReferralAddition, rowsOf, sql, sqlState, type Transaction } from '#store';
import { InvalidAddition, NO_SUCH_FIELD, placeOf, type Addition } from './addition-reader.ts';
import { tellDecider } from './tell-decider.ts';

export interface AddToReferralCommand extends Addition {
  readonly reference: string;
  readonly idempotencyKey: string;
  readonly by: AgencyActor;
}

/** What the agency is told. */
export interface AdditionReceived {
  readonly id: string;
  readonly reference: string;
  readonly addedAt: Temporal.Instant;
}

const ACTS: Readonly<Record<AdditionKind, AuditedAct>> = {
  information: 'referral.information-added',
  correction: 'referral.correction-added',
  withdrawal: 'referral.withdrawal-asked',
};

const UNIQUE_VIOLATION = '23505';

/**
 * An agency adds to a referral of its own, puts something right that it sent, or withdraws it. It is taken at any time,
 * also after the decision: then the decider is told. What was submitted stays, and nothing is decided by it: a referrer
 * cannot make a concern vanish.
 */
@Injectable()
export class AddToReferral {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns what was stored, and whether it was under the same key before
   * @throws Refused `not-found`, also for a referral of another agency, or `idempotency-key-reused`
   * @throws InvalidAddition for a correction of a child or an adult that was not sent
   */
  async execute(
    command: AddToReferralCommand,
  ): Promise<{ readonly added: AdditionReceived; readonly replayed: boolean }> {
    const add = () => this.database.as(command.by).transaction((tx) => this.add(tx, command));
    return add().catch((error: unknown) => {
      // The same key came for two referrals at once: look again.
      if (sqlState(error) === UNIQUE_VIOLATION) return add();
      throw error;
    });
  }

  private async add(tx: Transaction, { reference, idempotencyKey: key, by, ...addition }: AddToReferralCommand) {
    const referral = await lockOwn(tx, reference, by.id);
    const { kind, words, saidBy, correction } = addition;
    const fingerprint = createHash('sha256')
      .update(canonicalize({ reference: referral.reference, ...addition })!)
      .digest();
    const before = await tx.row<AdditionReceived & { readonly fingerprint: Buffer }>(sql`
      SELECT a.id, r.reference, a.added_at AS "addedAt", a.fingerprint
      FROM referral_addition a JOIN referral r ON r.id = a.referral_id WHERE a.agency_id = ${by.id} AND a.key = ${key}`);
    if (before !== null) {
      if (!before.fingerprint.equals(fingerprint)) throw new Refused('idempotency-key-reused');
      return { added: before, replayed: true };
    }
    await mustHaveSent(tx, referral.id, addition);
    const id = randomUUIDv7();
    const decision = await decisionInForce(tx, referral.id);
    await tx.insert(
      rowsOf(ReferralAddition, {
        ...{ id, referralId: referral.id, agencyId: by.id, kind, words, saidBy, key, fingerprint },
        pointer: correction?.pointer ?? null,
        rightValue: correction?.value ?? null,
        addedAt: tx.now,
        cameAfter: decision?.id ?? null,
      }),
      auditEntry(tx, ACTS[kind], referral.id, { additionId: id }),
    );
    await noteChange(tx, referral.id);
    if (decision !== null) {
      const { rating } = referral;
      const told = { subject: followUpSubject(referral.reference, id), deciderId: decision.deciderId, rating };
      await tellDecider(tx, this.policies, told);
    }
    return { added: { id, reference: referral.reference, addedAt: tx.now }, replayed: false };
  }
}

async function lockOwn(tx: Transaction, written: string, agencyId: string): Promise<LockedReferral> {
  const reference = parseReferralReference(written);
  if (reference === null) throw new Refused('not-found');
  if ((await tx.one(Referral, { reference, agencyId }, ['id'])) !== null) return lockReferral(tx, reference);
  const isAnothers = (await tx.overAll((all) => all.one(Referral, { reference }, ['id']))) !== null;
  throw isAnothers ? Refused.byPolicy() : new Refused('not-found');
}

async function mustHaveSent(tx: Transaction, referralId: string, addition: Addition): Promise<void> {
  const place = placeOf(addition);
  if (place === null || (place.list !== 'children' && place.list !== 'adults')) return;
  const { sent } = (await tx.row<{ sent: number }>(sql`
    SELECT CASE WHEN ${place.list === 'children'} THEN (SELECT count(*) FROM referral_child WHERE referral_id = ${referralId})
      ELSE (SELECT count(*) FROM referral_adult WHERE referral_id = ${referralId}) END::int AS sent`))!;
  if (place.index >= sent) throw new InvalidAddition([NO_SUCH_FIELD]);
}

/** The decision that stands, signed off or not, and who made it; null while the referral is to be decided. */
function decisionInForce(tx: Transaction, referralId: string): Promise<{ id: string; deciderId: string } | null> {
  return tx.row<{ id: string; deciderId: string }>(sql`
    SELECT d.id, d.decided_by AS "deciderId" FROM decision d JOIN referral r ON r.id = d.referral_id
    WHERE r.id = ${referralId} AND r.status <> 'awaiting_decision'
      AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1`);
}
