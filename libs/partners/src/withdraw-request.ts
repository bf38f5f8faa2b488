import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject } from '#deadlines';
import { Refused } from '#platform';
import { Database, InformationRequest, once } from '#store';
import { lockRequest } from './lock-request.ts';

export interface WithdrawRequestCommand {
  readonly request: string;
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** The hub does not need an answer any more. The clock stops, and the request is kept. */
@Injectable()
export class WithdrawRequest {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `form-sent-before`, or `request-settled` when it is answered or withdrawn */
  async execute({ request, reason, formId, by }: WithdrawRequestCommand): Promise<void> {
    const form = { id: formId, kind: 'withdraw-request', answers: { request, reason } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id, referralId, reference, isAnswered, isWithdrawn } = await lockRequest(tx, request, null);
        if (isAnswered || isWithdrawn) throw new Refused('request-settled');
        await tx.change(InformationRequest, id, { withdrawnBy: by.id, withdrawnAt: tx.now, withdrawnBecause: reason });
        await endServiceDeadline(tx, 'information_request', followUpSubject(reference, id), 'superseded');
        await tx.insert(auditEntry(tx, 'information.withdrawn', referralId, { requestId: id }));
        return {};
      }),
    );
  }
}
