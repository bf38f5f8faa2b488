import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Policies } from '#deadlines';
import { isUuid, Refused } from '#platform';
import { Database, once, sql, type Transaction } from '#store';
import { leave, type Left } from './leave.ts';

export interface LeaveHubCommand {
  /** The person who has left. */
  readonly personId: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person does not work here, or for an agency, any more: from their next request on they are signed out, no alert goes
 * to them, those that only they have go to others, what they hold is back on the queue, and their turns on the rota end.
 * Their name stays on the record.
 */
@Injectable()
export class LeaveHub {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @throws Refused `not-found`, `not-oneself`, `last-resort-would-be-empty`, or `form-sent-before` */
  async execute({ personId, formId, by }: LeaveHubCommand): Promise<Left> {
    const form = { id: formId, kind: 'leave-hub', answers: { personId } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        if (personId === by.id) throw new Refused('not-oneself');
        await lockPerson(tx, personId);
        return leave(tx, personId, { byProvider: false }, await this.policies.inForce(tx));
      }),
    );
    return answer;
  }
}

/** Locks a person who works here, and the group of last resort. @throws Refused `not-found` */
export async function lockPerson(tx: Transaction, personId: string): Promise<void> {
  await tx.lock('lastResort');
  const there = isUuid(personId)
    ? await tx.row(sql`SELECT 1 FROM staff_member WHERE id = ${personId} AND is_active FOR NO KEY UPDATE`)
    : null;
  if (there === null) throw new Refused('not-found');
}
