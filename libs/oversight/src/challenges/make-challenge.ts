import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { oversightDeadlineRows, Policies } from '#deadlines';
import { armChallenge, type ChallengeAspect } from '#domain';
import { lockReferral } from '#referrals';
import { Challenge, Database, once, rowsOf, type Transaction } from '#store';
import { challengeSubject } from './challenge-state.ts';

export interface MakeChallengeCommand {
  readonly reference: string;
  readonly aspect: ChallengeAspect;
  readonly question: string;
  /** The version that the person had on the page. */
  readonly version: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A senior manager questions pace or quality of one referral. Its clock begins, and the practice manager is told. */
@Injectable()
export class MakeChallenge {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /**
   * @returns the id of the challenge
   * @throws Refused `not-found`, `changed-meanwhile`, or `form-sent-before`
   */
  async execute({ formId, version, by, ...answers }: MakeChallengeCommand): Promise<string> {
    const form = { id: formId, kind: 'challenge', answers };
    return this.database.as(by).transaction(async (tx) => {
      const { answer } = await once(tx, form, () => this.make(tx, { ...answers, version, by }));
      return answer.id;
    });
  }

  private async make(tx: Transaction, command: Omit<MakeChallengeCommand, 'formId'>): Promise<{ readonly id: string }> {
    const { aspect, question, version, by } = command;
    const { id: referralId, reference, rating } = await lockReferral(tx, command.reference, version);
    const inForce = await this.policies.inForce(tx);
    const armed = armChallenge(inForce.calendar, rating, tx.now);
    const id = randomUUIDv7();
    const about = { kind: 'challenge', subject: challengeSubject({ reference, id }), ownerId: by.id } as const;
    await tx.insert(
      rowsOf(Challenge, { id, referralId, aspect, question, madeBy: by.id, madeAt: tx.now, dueAt: armed.dueAt }),
      ...oversightDeadlineRows(tx, about, armed, inForce),
      auditEntry(tx, 'challenge.made', referralId, { challengeId: id, aspect }),
    );
    return { id };
  }
}
