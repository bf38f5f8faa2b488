import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { ownAgency, type AccessActor } from '#access';
import type { AuditedAct } from '#audit';
import { Policies } from '#deadlines';
import type { AdditionKind } from '#domain';
import { Refused } from '#platform';
import { Database, sql, sqlState, type Transaction } from '#store';
import { InvalidAddition, NO_SUCH_FIELD, placeOf, type Addition } from './addition-reader.ts';
import { keepAddition } from './keep-addition.ts';
import { lockOwn } from './lock-own.ts';

export interface AddToReferralCommand extends Addition {
  readonly reference: string;
  readonly idempotencyKey: string;
  /** A program of the agency, or a person of it. */
  readonly by: AccessActor;
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
    const agencyId = ownAgency(by);
    const referral = await lockOwn(tx, reference, agencyId);
    const { kind, words, saidBy, correction } = addition;
    const fingerprint = createHash('sha256')
      .update(canonicalize({ reference: referral.reference, ...addition })!)
      .digest();
    const before = await tx.row<AdditionReceived & { readonly fingerprint: Buffer }>(sql`
      SELECT a.id, r.reference, a.added_at AS "addedAt", a.fingerprint
      FROM referral_addition a JOIN referral r ON r.id = a.referral_id WHERE a.agency_id = ${agencyId} AND a.key = ${key}`);
    if (before !== null) {
      if (!before.fingerprint.equals(fingerprint)) throw new Refused('idempotency-key-reused');
      return { added: before, replayed: true };
    }
    await mustHaveSent(tx, referral.id, addition);
    const kept = { kind, words, saidBy, correction, agencyId, key, fingerprint };
    const id = await keepAddition(tx, this.policies, referral, kept, ACTS[kind]);
    return { added: { id, reference: referral.reference, addedAt: tx.now }, replayed: false };
  }
}

async function mustHaveSent(tx: Transaction, referralId: string, addition: Addition): Promise<void> {
  const place = placeOf(addition);
  if (place === null || (place.list !== 'children' && place.list !== 'adults')) return;
  const { sent } = (await tx.row<{ sent: number }>(sql`
    SELECT CASE WHEN ${place.list === 'children'} THEN (SELECT count(*) FROM referral_child WHERE referral_id = ${referralId})
      ELSE (SELECT count(*) FROM referral_adult WHERE referral_id = ${referralId}) END::int AS sent`))!;
  if (place.index >= sent) throw new InvalidAddition([NO_SUCH_FIELD]);
}
