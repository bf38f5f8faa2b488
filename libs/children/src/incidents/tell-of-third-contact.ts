import { Injectable } from '@nestjs/common';
import { endServiceDeadline, followUpRows, followUpSubject, Policies } from '#deadlines';
import { after, armFollowUp, followUpSpan } from '#domain';
import { countEarlierIncidents } from '#referrals';
import { Referral, sql, type Transaction } from '#store';

/** So many incidents came before a third one. */
const EARLIER_OF_A_THIRD = 2;

/**
 * Tells a manager of a referral that is the third contact or a later one in twelve months: once, of reports of one
 * incident only of the first that comes, and of no further one while a manager has still to look at an earlier one. What
 * a manager need not look at any more is ended.
 */
@Injectable()
export class TellOfThirdContact {
  constructor(private readonly policies: Policies) {}

  /** Safe to repeat. @param ids of referrals whose earlier ones, or whose incident, may be others than before */
  async execute(tx: Transaction, ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.tell(tx, id);
  }

  private async tell(tx: Transaction, id: string): Promise<void> {
    const { status, reference, rating } = (await tx.one(Referral, { id }, ['status', 'reference', 'rating']))!;
    const subject = followUpSubject(reference, id);
    const earlier = await countEarlierIncidents(tx, id);
    if (status === 'decided' || earlier < EARLIER_OF_A_THIRD || (await isToldOfItsIncident(tx, id))) {
      await endServiceDeadline(tx, 'third_contact', subject, 'superseded');
      return;
    }
    await tx.lock('serviceDeadline', `third_contact ${subject}`);
    if ((await isTold(tx, subject)) || (await isAnEarlierOneOpen(tx, id))) return;
    const { policy, calendar, ...versions } = await this.policies.inForce(tx);
    const dueAt = after(calendar, tx.now, followUpSpan(policy, 'third_contact', rating));
    const armed = armFollowUp(calendar, 'third_contact', { rating, startedAt: tx.now, dueAt });
    await tx.insert(...followUpRows(tx, { kind: 'third_contact', subject }, armed, versions));
  }
}

/** Whether a manager is told of this one, or was and has looked. */
async function isTold(tx: Transaction, subject: string): Promise<boolean> {
  return (
    (await tx.row(sql`
    SELECT 1 FROM deadline WHERE kind = 'third_contact' AND subject = ${subject} AND state <> 'superseded'`)) !== null
  );
}

/** Whether a manager has still to look at an earlier referral of the same child: they see this one there. */
async function isAnEarlierOneOpen(tx: Transaction, id: string): Promise<boolean> {
  const open = await tx.row(sql`
    SELECT 1 FROM earlier_referral e JOIN referral r ON r.id = e.earlier_id
    JOIN deadline d ON d.kind = 'third_contact' AND d.subject = r.reference || ' ' || r.id::text AND d.state = 'open'
    WHERE e.referral_id = ${id} LIMIT 1`);
  return open !== null;
}

/** Whether a manager was told of another, earlier report of the same incident. */
async function isToldOfItsIncident(tx: Transaction, id: string): Promise<boolean> {
  const told = await tx.row(sql`
    SELECT 1 FROM referral this JOIN referral_incident mine ON mine.referral_id = this.id
    JOIN referral_incident other USING (incident_id) JOIN referral r ON r.id = other.referral_id
    JOIN deadline d ON d.kind = 'third_contact' AND d.subject = r.reference || ' ' || r.id::text
    WHERE this.id = ${id} AND r.id <> this.id AND d.state <> 'superseded' AND (r.received_at, r.id) < (this.received_at, this.id)`);
  return told !== null;
}
