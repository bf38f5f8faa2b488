import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import { Refused } from '#platform';
import { Database, DestructionProposal, once } from '#store';
import { keepLonger } from './retention-state.ts';

export interface KeepRecordCommand {
  /** The id of a proposal. */
  readonly proposal: string;
  /** The last day on which it is kept. A local date. */
  readonly until: Temporal.PlainDate;
  readonly why: string;
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person says that one record is kept longer. It is proposed again after that day. */
@Injectable()
export class KeepRecord {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `day-is-past`, `proposal-moved-on` or `form-sent-before` */
  async execute({ proposal, until, why, formId, by }: KeepRecordCommand): Promise<void> {
    const form = { id: formId, kind: 'keep-record', answers: { proposal, until: until.toString(), why } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { calendar } = await this.policies.inForce(tx);
        if (Temporal.PlainDate.compare(until, localDate(calendar, tx.now)) <= 0) throw new Refused('day-is-past');
        if (!(await keepLonger(tx, proposal, { until, why, by: by.id }))) throw new Refused('proposal-moved-on');
        const { referralId, consultationId } = (await tx.one(DestructionProposal, { id: proposal }, [
          'referralId',
          'consultationId',
        ]))!;
        const details = {
          proposalId: proposal,
          until: until.toString(),
          ...(consultationId !== null && { consultationId }),
        };
        await tx.insert(auditEntry(tx, 'retention.kept', referralId, details));
        return {};
      }),
    );
  }
}
