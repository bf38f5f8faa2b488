import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import { Refused } from '#platform';
import { ChallengeReply, Database, once, rowsOf, type Transaction } from '#store';
import { challengeSubject, lockChallenge } from './challenge-state.ts';

export interface ReplyToAnswerCommand {
  readonly challengeId: string;
  /** The answer that the person had on the page. */
  readonly answerId: string;
  readonly result: 'accepted' | 'returned';
  /** Needed when it is returned. */
  readonly words: string | null;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** The person who made a challenge accepts its answer, which ends the clock, or returns the answer: the clock runs on. */
@Injectable()
export class ReplyToAnswer {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `only-the-challenger-replies`, `challenge-has-moved-on`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: ReplyToAnswerCommand): Promise<void> {
    const form = { id: formId, kind: 'challenge-reply', answers, about: answers.challengeId };
    await this.database.as(by).transaction((tx) => once(tx, form, () => reply(tx, { ...answers, by })));
  }
}

async function reply(tx: Transaction, command: Omit<ReplyToAnswerCommand, 'formId'>): Promise<object> {
  const { challengeId, answerId, result, words, by } = command;
  const challenge = await lockChallenge(tx, challengeId);
  if (challenge.madeBy !== by.id && !challenge.isOrphaned) throw new Refused('only-the-challenger-replies');
  if (challenge.state !== 'answered' || challenge.answerId !== answerId) throw new Refused('challenge-has-moved-on');
  await tx.insert(
    rowsOf(ChallengeReply, { answerId, result, words, repliedBy: by.id, repliedAt: tx.now }),
    auditEntry(tx, `challenge.${result}`, challenge.referralId, { challengeId, answerId }),
  );
  if (result === 'accepted') await endServiceDeadline(tx, 'challenge', challengeSubject(challenge));
  return { result };
}
