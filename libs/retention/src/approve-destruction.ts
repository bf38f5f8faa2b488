import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Refused } from '#platform';
import { Database, once, sql, type Transaction } from '#store';
import { hasOpened } from './opened-since.ts';
import { approve } from './retention-state.ts';

export interface ApproveDestructionCommand {
  /** The ids of proposals. At least one. */
  readonly proposals: readonly string[];
  readonly formId: string;
  readonly by: StaffActor;
}

/** The first of two people approves proposals. Nothing is destroyed before another has agreed. */
@Injectable()
export class ApproveDestruction {
  constructor(private readonly database: Database) {}

  /**
   * @returns the id of the destruction that waits for another person
   * @throws Refused `proposal-moved-on`, `proposal-not-opened`, or `form-sent-before`
   */
  async execute({ proposals, formId, by }: ApproveDestructionCommand): Promise<string> {
    const form = { id: formId, kind: 'destruction', answers: { proposals: proposals.toSorted() } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        if (proposals.length === 0) throw new Refused('proposal-moved-on');
        await mustHaveLooked(tx, proposals, by);
        const id = randomUUIDv7();
        if ((await approve(tx, proposals, id, by.id)) !== proposals.length) throw new Refused('proposal-moved-on');
        await tx.insert(auditEntry(tx, 'retention.approved', null, { destructionId: id, count: proposals.length }));
        return { id };
      }),
    );
    return answer.id;
  }
}

/** Each record that a person opens first has been opened by them since it was proposed. */
async function mustHaveLooked(tx: Transaction, proposals: readonly string[], by: StaffActor): Promise<void> {
  const unseen = await tx.row(sql`
    SELECT 1 FROM destruction_proposal p
    WHERE p.id = ANY(${proposals}::uuid[]) AND p.looks_first AND NOT ${hasOpened(by.id)} LIMIT 1`);
  if (unseen !== null) throw new Refused('proposal-not-opened');
}
