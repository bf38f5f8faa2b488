import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import type { SignOffReason } from '#domain';
import { Database, followingForm } from '#store';
import { takeOnce, type TakenReferral } from '#work';
import { recordOnce, type RecordDecisionCommand } from './record-decision.ts';

export interface DecidedAndTaken {
  /** Why the decision needs sign-off; empty when it has taken effect. */
  readonly signOff: readonly SignOffReason[];
  /** The next referral; null when nothing is waiting for this person. */
  readonly next: TakenReferral | null;
}

/** Records a decision and gives the decider the next referral, by one press: both are stored, or neither. */
@Injectable()
export class DecideAndTakeNext {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** Pressed twice it decides once and takes one. @throws Refused as `RecordDecision` */
  async execute(command: RecordDecisionCommand): Promise<DecidedAndTaken> {
    const { by, formId } = command;
    return this.database.as(by).transaction(async (tx) => {
      const { signOff } = await recordOnce(tx, this.policies, command);
      return { signOff, next: await takeOnce(tx, this.policies, by, followingForm(formId)) };
    });
  }
}
