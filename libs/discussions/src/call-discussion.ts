import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { isBlank, type DiscussionAgency } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange } from '#referrals';
import { Database, DiscussionCall, once, rowsOf, sql, type Transaction } from '#store';
import { openDiscussion, startDiscussion, type Discussed, type OpenDiscussion } from './discussion-state.ts';

export interface CallDiscussionCommand {
  readonly reference: string;
  readonly plannedFor: Temporal.Instant;
  /** Who is in the chair: name and role. */
  readonly chair: string;
  readonly asked: readonly DiscussionAgency[];
  /** The names of the agencies asked that have no code; empty where there are none. */
  readonly askedOthers: string;
  /** Why another discussion is needed after the last one; empty while one is open. */
  readonly whyAgain: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person calls a strategy discussion, calls it for another time, or calls another one after it. The first stays as it was. */
@Injectable()
export class CallDiscussion {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `no-discussion`, `discussion-again-without-reason`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: CallDiscussionCommand): Promise<void> {
    const form = {
      id: formId,
      kind: 'call-discussion',
      answers: { ...answers, plannedFor: answers.plannedFor.toString() },
    };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await this.call(tx, { ...answers, by });
        return {};
      }),
    );
  }

  private async call(tx: Transaction, command: Omit<CallDiscussionCommand, 'formId'>): Promise<void> {
    const { plannedFor, chair, asked, askedOthers, whyAgain, by } = command;
    const referral = await lockReferral(tx, command.reference);
    const open = await openDiscussion(tx, referral.id);
    const { id, number } = open ?? (await this.another(tx, referral, whyAgain, by));
    await tx.insert(
      rowsOf(DiscussionCall, {
        ...{ id: randomUUIDv7(), discussionId: id, plannedFor, chair, asked },
        ...{ askedOthers: isBlank(askedOthers) ? null : askedOthers, calledBy: by.id, calledAt: tx.now },
      }),
      auditEntry(tx, 'discussion.called', referral.id, { discussionId: id, number, asked, isAnother: open === null }),
    );
    await noteChange(tx, referral.id);
  }

  private async another(
    tx: Transaction,
    referral: Discussed,
    because: string,
    by: StaffActor,
  ): Promise<OpenDiscussion> {
    const last = await tx.row<{ decisionId: string }>(sql`
      SELECT decision_id AS "decisionId" FROM strategy_discussion
      WHERE referral_id = ${referral.id} AND withdrawn_at IS NULL ORDER BY number DESC LIMIT 1`);
    if (last === null) throw new Refused('no-discussion');
    if (isBlank(because)) throw new Refused('discussion-again-without-reason');
    const again = { by: by.id, because };
    return startDiscussion(tx, this.policies, referral, {
      ...{ decisionId: last.decisionId, ownerId: by.id, startedAt: tx.now, again },
    });
  }
}
