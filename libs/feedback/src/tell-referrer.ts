import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry, type AuditedAct } from '#audit';
import type { TOLD_BY_PERSON } from '#domain';
import { Refused } from '#platform';
import { lockReferral } from '#referrals';
import { Database, once, type Transaction } from '#store';
import { actOf, giveLeave, lockFeedbackOf, settle, type LockedFeedback } from './feedback-state.ts';
import { letterRows } from './feedback-letters.ts';

/** What a person says of the answer to a referrer. */
interface SaidOfFeedback {
  readonly reference: string;
  /** The id of the answer that the person had on the page. */
  readonly feedback: string;
  /** Whom they told and what was said, or why. */
  readonly words: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person has told the referrer, or has tried in vain. */
@Injectable()
export class TellReferrer {
  constructor(private readonly database: Database) {}

  /**
   * @throws Refused `not-found`, `form-sent-before`, `nothing-to-tell`, `changed-meanwhile` when another decision is in
   * effect by now, `leave-is-missing`, or `may-be-taken-back` while
   * the decision can be taken back
   */
  async execute({ how, ...said }: SaidOfFeedback & { how: (typeof TOLD_BY_PERSON)[number] | 'tried' }): Promise<void> {
    await this.database.as(said.by).transaction((tx) =>
      about(tx, 'tell-referrer', said, { how }, async (found) => {
        mustBeOwed(tx, found);
        await record(tx, found, how === 'tried' ? 'feedback.tried' : 'feedback.told', how, said);
        if (how !== 'tried') await settle(tx, found, 'told');
      }),
    );
  }
}

/** A manager says whether a person of the public may be told. */
@Injectable()
export class AllowFeedback {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `form-sent-before`, `changed-meanwhile` as {@link TellReferrer}, or `nothing-to-allow` */
  async execute({ isAllowed, ...said }: SaidOfFeedback & { readonly isAllowed: boolean }): Promise<void> {
    await this.database.as(said.by).transaction((tx) =>
      about(tx, 'allow-feedback', said, { isAllowed }, async (found) => {
        if (found.state !== 'awaiting_leave') throw new Refused('nothing-to-allow');
        if (!isAllowed) {
          await record(tx, found, 'feedback.leave-refused', 'leave_refused', said);
          await settle(tx, found, 'not_told');
          return;
        }
        await record(tx, found, 'feedback.leave-given', 'leave_given', said);
        await giveLeave(tx, found);
        if (found.way === 'message') await tx.insert(letterRows(found.id, found.undoableUntil ?? tx.now));
      }),
    );
  }
}

/** A manager says why a referrer who is owed an answer is not told. */
@Injectable()
export class LeaveUntold {
  constructor(private readonly database: Database) {}

  /** @throws Refused as {@link TellReferrer} */
  async execute(said: SaidOfFeedback): Promise<void> {
    await this.database.as(said.by).transaction((tx) =>
      about(tx, 'leave-untold', said, {}, async (found) => {
        mustBeOwed(tx, found);
        await record(tx, found, 'feedback.not-told', 'not_told', said);
        await settle(tx, found, 'not_told');
      }),
    );
  }
}

/** Acts on the answer that stands, once for each form. */
async function about(
  tx: Transaction,
  kind: string,
  { reference, feedback, words, formId }: SaidOfFeedback,
  more: object,
  act: (found: LockedFeedback) => Promise<void>,
): Promise<void> {
  await once(tx, { id: formId, kind, answers: { reference, feedback, words, ...more } }, async () => {
    const { id } = await lockReferral(tx, reference);
    const found = await lockFeedbackOf(tx, id);
    if (found === null) throw new Refused('nothing-to-tell');
    // Another decision may be in effect by now, and another answer owed for it.
    if (found.id !== feedback) throw new Refused('changed-meanwhile');
    await act(found);
    return {};
  });
}

function mustBeOwed({ now }: Transaction, { state, undoableUntil }: LockedFeedback): void {
  if (state === 'awaiting_leave') throw new Refused('leave-is-missing');
  if (state !== 'owed') throw new Refused('nothing-to-tell');
  if (undoableUntil !== null && Temporal.Instant.compare(now, undoableUntil) < 0)
    throw new Refused('may-be-taken-back');
}

async function record(
  tx: Transaction,
  found: LockedFeedback,
  act: AuditedAct,
  kind: Parameters<typeof actOf>[2],
  { by, words }: SaidOfFeedback,
): Promise<void> {
  const { actId, row } = actOf(tx, found, kind, { by: by.id, words });
  await tx.insert(row, auditEntry(tx, act, found.referralId, { actId, how: kind }));
}
