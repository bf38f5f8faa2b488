import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { allUndoableUntil } from '#domain';
import { Refused } from '#platform';
import { lockReferral, returnReferral } from '#referrals';
import { Database, once, rowsOf, SignOff, type Transaction } from '#store';
import { decisionInForce } from './decision-in-force.ts';
import { takeEffect } from './take-effect.ts';

export interface SignOffCommand {
  readonly reference: string;
  readonly result: 'agreed' | 'returned';
  /** Needed when it is returned. */
  readonly comments: string | null;
  readonly version: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager agrees with the decision of another person, which takes effect then, or returns it to be decided again. */
@Injectable()
export class SignOffDecision {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @throws Refused `not-found`, `changed-meanwhile`, `nothing-to-sign-off`, `decider-cannot-sign-off`, or
   * `form-sent-before`
   */
  async execute({ formId, ...command }: SignOffCommand): Promise<void> {
    const { reference, result, comments, by } = command;
    const answers = { reference, result, comments };
    const form = { id: formId, kind: 'sign-off', answers };
    await this.database.as(by).transaction((tx) => once(tx, form, () => this.sign(tx, command)));
  }

  private async sign(tx: Transaction, { reference, result, comments, version, by }: Omit<SignOffCommand, 'formId'>) {
    const referral = await lockReferral(tx, reference, version);
    if (referral.status !== 'awaiting_sign_off') throw new Refused('nothing-to-sign-off');
    const { id: decisionId, decidedBy, decidedAt, ...decision } = await decisionInForce(tx, referral.id);
    if (decidedBy === by.id) throw new Refused('decider-cannot-sign-off');
    const id = randomUUIDv7();
    await tx.insert(
      rowsOf(SignOff, { id, decisionId, decidedBy, signedBy: by.id, result, comments, signedAt: tx.now }),
      auditEntry(tx, `decision.${result}`, referral.id, { decisionId }),
    );
    if (result === 'agreed') {
      const until = allUndoableUntil(tx.now, referral.immediateDanger, [decision.outcome, ...decision.otherOutcomes]);
      await takeEffect(tx, this.policies, referral, {
        ...{ id: decisionId, outcome: decision.outcome, decidedAt, undoableUntil: until },
      });
    } else await returnReferral(tx, referral.id);
    return { result };
  }
}
