import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { releaseReferral } from '#referrals';
import { Database, once, sql, StaffMember, type Transaction } from '#store';

export interface LeaveHubCommand {
  /** The person who has left. */
  readonly personId: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/**
 * A person does not work here, or for an agency, any more: from their next request on they are signed out, no alert goes
 * to them, and what they hold is back on the queue. Their name stays on the record.
 */
@Injectable()
export class LeaveHub {
  constructor(private readonly database: Database) {}

  /**
   * @returns how many referrals are back on the queue
   * @throws Refused `not-found`, `not-oneself`, `last-resort-would-be-empty`, or `form-sent-before`
   */
  async execute({ personId, formId, by }: LeaveHubCommand): Promise<number> {
    const form = { id: formId, kind: 'leave-hub', answers: { personId } };
    const { answer } = await this.database
      .as(by)
      .transaction((tx) => once(tx, form, async () => ({ released: await leave(tx, personId, by) })));
    return answer.released;
  }
}

async function leave(tx: Transaction, personId: string, by: StaffActor): Promise<number> {
  if (personId === by.id) throw new Refused('not-oneself');
  await tx.lock('lastResort');
  const there = isUuid(personId)
    ? await tx.row(sql`SELECT 1 FROM staff_member WHERE id = ${personId} AND is_active FOR NO KEY UPDATE`)
    : null;
  if (there === null) throw new Refused('not-found');
  await tx.change(StaffMember, personId, { isActive: false });
  const left = await tx.row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (left === null) throw new Refused('last-resort-would-be-empty');
  const held = await tx.rows<{ id: string }>(sql`
    SELECT id FROM referral WHERE claimed_by = ${personId} AND status = 'awaiting_decision' ORDER BY id FOR NO KEY UPDATE`);
  for (const { id } of held) {
    await releaseReferral(tx, id);
    await tx.insert(auditEntry(tx, 'referral.given-back', id, { from: personId }));
  }
  await tx.insert(auditEntry(tx, 'staff.left', null, { staffId: personId, released: held.length }));
  return held.length;
}
