import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { ChallengeAnswer, Database, once, rowsOf, type Transaction } from '#store';
import { lockChallenge } from './challenge-state.ts';

export interface AnswerChallengeCommand {
  readonly challengeId: string;
  readonly answer: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager answers a challenge. The clock runs on until the person who made it accepts the answer. */
@Injectable()
export class AnswerChallenge {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `challenger-cannot-answer`, `challenge-has-moved-on`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: AnswerChallengeCommand): Promise<void> {
    const form = { id: formId, kind: 'challenge-answer', answers, about: answers.challengeId };
    await this.database.as(by).transaction((tx) => once(tx, form, () => record(tx, { ...answers, by })));
  }
}

async function record(tx: Transaction, command: Omit<AnswerChallengeCommand, 'formId'>): Promise<object> {
  const { challengeId, answer, by } = command;
  const { madeBy, referralId, state } = await lockChallenge(tx, challengeId);
  if (madeBy === by.id) throw new Refused('challenger-cannot-answer');
  if (state !== 'waiting') throw new Refused('challenge-has-moved-on');
  const id = randomUUIDv7();
  await tx.insert(
    rowsOf(ChallengeAnswer, { id, challengeId, madeBy, answer, answeredBy: by.id, answeredAt: tx.now }),
    auditEntry(tx, 'challenge.answered', referralId, { challengeId, answerId: id }),
  );
  return {};
}
