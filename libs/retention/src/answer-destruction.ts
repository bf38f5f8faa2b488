import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { JobNudge, jobRows } from '#jobs';
import { isUuid, Refused } from '#platform';
import { Database, Destruction, once } from '#store';
import { answer } from './retention-state.ts';

export interface AnswerDestructionCommand {
  readonly destruction: string;
  readonly said: 'agreed' | 'refused';
  readonly formId: string;
  readonly by: StaffActor;
}

/** The second of two people agrees, and the records are destroyed; or refuses, and they are proposed as before. */
@Injectable()
export class AnswerDestruction {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobNudge,
  ) {}

  /** @throws Refused `not-found`, `approver-cannot-agree`, `proposal-moved-on`, or `form-sent-before` */
  async execute({ destruction: id, said, formId, by }: AnswerDestructionCommand): Promise<void> {
    const form = { id: formId, kind: 'answer-destruction', answers: { id, said } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const found = isUuid(id) ? await tx.one(Destruction, { id }, ['approvedBy']) : null;
        if (found === null) throw new Refused('not-found');
        if (found.approvedBy === by.id) throw new Refused('approver-cannot-agree');
        if (!(await answer(tx, id, said, by.id))) throw new Refused('proposal-moved-on');
        await tx.insert(auditEntry(tx, `retention.${said}`, null, { destructionId: id }));
        if (said === 'agreed') await tx.insert(jobRows(tx, 'destroy-records', [{ destructionId: id }], 'green'));
        return {};
      }),
    );
    this.jobs.nudge();
  }
}
