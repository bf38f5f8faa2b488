import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endDeliveriesTo } from '#messages';
import { isUuid, Refused } from '#platform';
import { releaseReferral } from '#referrals';
import { endTurns } from '#rota';
import { Database, once, sql, StaffMember, type Transaction } from '#store';

export interface LeaveHubCommand {
  /** The person who has left. */
  readonly personId: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** What a person left behind. */
export interface Left {
  /** Referrals that are back on the queue. */
  readonly released: number;
  /** Turns and covers on the rota that no person has now. */
  readonly turns: number;
}

/**
 * A person does not work here, or for an agency, any more: from their next request on they are signed out, no alert goes
 * to them, those that only they have go to others, what they hold is back on the queue, and their turns on the rota end.
 * Their name stays on the record.
 */
@Injectable()
export class LeaveHub {
  constructor(private readonly database: Database) {}

  /**
   * @throws Refused `not-found`, `not-oneself`, `last-resort-would-be-empty`, or `form-sent-before`
   */
  async execute({ personId, formId, by }: LeaveHubCommand): Promise<Left> {
    const form = { id: formId, kind: 'leave-hub', answers: { personId } };
    const { answer } = await this.database.as(by).transaction((tx) => once(tx, form, () => leave(tx, personId, by)));
    return answer;
  }
}

async function leave(tx: Transaction, personId: string, by: StaffActor): Promise<Left> {
  if (personId === by.id) throw new Refused('not-oneself');
  await tx.lock('lastResort');
  const there = isUuid(personId)
    ? await tx.row(sql`SELECT 1 FROM staff_member WHERE id = ${personId} AND is_active FOR NO KEY UPDATE`)
    : null;
  if (there === null) throw new Refused('not-found');
  await tx.change(StaffMember, personId, { isActive: false });
  const last = await tx.row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (last === null) throw new Refused('last-resort-would-be-empty');
  const held = await tx.rows<{ id: string }>(sql`
    SELECT id FROM referral WHERE claimed_by = ${personId} AND status = 'awaiting_decision' ORDER BY id FOR NO KEY UPDATE`);
  for (const { id } of held) {
    await releaseReferral(tx, id);
    await tx.insert(auditEntry(tx, 'referral.given-back', id, { from: personId }));
  }
  await endDeliveriesTo(tx, personId);
  const left = { released: held.length, turns: await endTurns(tx, personId) };
  await tx.insert(auditEntry(tx, 'staff.left', null, { staffId: personId, ...left }));
  return left;
}
