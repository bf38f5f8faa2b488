import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Database, InformationChase, once, rowsOf } from '#store';
import { lockRequest } from './lock-request.ts';

export interface ChaseRequestCommand {
  readonly request: string;
  /** Whom the person reminded, and what was said. */
  readonly note: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person of the hub has reminded the agency of a request. The clock runs on. */
@Injectable()
export class ChaseRequest {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, `form-sent-before`, or `request-settled` when it is answered or withdrawn */
  async execute({ request, note, formId, by }: ChaseRequestCommand): Promise<void> {
    const form = { id: formId, kind: 'chase-request', answers: { request, note } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id, referralId, isAnswered, isWithdrawn } = await lockRequest(tx, request, null);
        if (isAnswered || isWithdrawn) throw new Refused('request-settled');
        await tx.insert(
          rowsOf(InformationChase, { id: randomUUIDv7(), requestId: id, note, chasedBy: by.id, chasedAt: tx.now }),
          auditEntry(tx, 'information.chased', referralId, { requestId: id }),
        );
        return {};
      }),
    );
  }
}
