import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import { jobRows, type JobPayloads } from '#jobs';
import { Destruction, sql, type DestructionProposal, type Transaction } from '#store';
import { isAsApproved } from './due-record.ts';
import { ifDue, isHeld } from './due-records.ts';
import { certify, finish, withdraw } from './retention-state.ts';
import { scheduleInForce } from './schedule-in-force.ts';

/**
 * Destroys what two people approved: each record with all that belongs to it, in a transaction of its own, so that a hold never
 * waits long. Looks at each once more, behind the locks of acts and of holds: one that a hold covers by now, that is not due any
 * more, or of which the schedule says something else, stays.
 */
@Injectable()
export class DestroyRecords {
  constructor(private readonly policies: Policies) {}

  /** Settles the next record of a destruction, and calls for the one after it. */
  async handle({ destructionId }: JobPayloads['destroy-records'], tx: Transaction): Promise<void> {
    const found = await tx.one(Destruction, { id: destructionId }, ['answer', 'doneAt']);
    if (found?.answer !== 'agreed' || found.doneAt !== null) return;
    await tx.lock('retentionHold');
    const next = await tx.row<Approved>(sql`
      SELECT id, referral_id AS "referralId", consultation_id AS "consultationId", rule, looks_first AS "looksFirst"
      FROM destruction_proposal
      WHERE destruction_id = ${destructionId} AND state = 'approved' ORDER BY id LIMIT 1 FOR NO KEY UPDATE`);
    if (next === null) return finish(tx, destructionId);
    await this.settle(tx, destructionId, next);
    await tx.insert(jobRows(tx, 'destroy-records', [{ destructionId }], 'green'));
  }

  private async settle(tx: Transaction, destructionId: string, approved: Approved): Promise<void> {
    const { id, referralId, consultationId, rule } = approved;
    await lock(tx, approved);
    const { calendar } = await this.policies.inForce(tx);
    const { schedule } = await scheduleInForce(tx);
    const on = { today: localDate(calendar, tx.now), timeZone: calendar.timeZone };
    const due = await ifDue(tx, schedule, on, approved);
    if (due === null) return withdraw(tx, id, (await isHeld(tx, approved)) ? 'held' : 'not_due');
    if (!isAsApproved(due, approved)) return withdraw(tx, id, 'other_rule');
    await certify(tx, approved, await destroy(tx, approved));
    const details = { destructionId, rule, ...(consultationId !== null && { consultationId }) };
    await tx.insert(auditEntry(tx, 'retention.destroyed', referralId, details));
  }
}

type Approved = Pick<DestructionProposal, 'id' | 'referralId' | 'consultationId' | 'rule' | 'looksFirst'>;

/** Waits for an act on the record that is under way. */
async function lock(tx: Transaction, { referralId, consultationId }: Approved): Promise<void> {
  await (referralId === null
    ? tx.rows(sql`SELECT 1 FROM consultation WHERE id = ${consultationId} FOR UPDATE`)
    : tx.rows(sql`SELECT 1 FROM referral WHERE id = ${referralId} FOR UPDATE`));
}

/** @returns how many rows of each table are gone */
async function destroy(
  tx: Transaction,
  { referralId, consultationId }: Approved,
): Promise<Readonly<Record<string, number>>> {
  const { gone } = (await tx.row<{ gone: Readonly<Record<string, number>> }>(
    referralId === null
      ? sql`SELECT mash.destroy_advice(${consultationId}) AS gone`
      : sql`SELECT mash.destroy_referral(${referralId}) AS gone`,
  ))!;
  return gone;
}
