import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import type { JobPayloads } from '#jobs';
import { Destruction, sql, type Transaction } from '#store';
import { dueRecords, isHeld } from './due-records.ts';
import { certify, finish, withdraw } from './retention-state.ts';
import { scheduleInForce } from './schedule-in-force.ts';

/**
 * Destroys what two people approved: each referral with all that belongs to it. Looks at each once more, behind the locks of
 * acts and of holds: one that a hold covers by now, or that is not due any more, stays. All of it or nothing, in the transaction
 * of the job.
 */
@Injectable()
export class DestroyRecords {
  constructor(private readonly policies: Policies) {}

  async handle({ destructionId }: JobPayloads['destroy-records'], tx: Transaction): Promise<void> {
    const found = await tx.one(Destruction, { id: destructionId }, ['answer', 'doneAt']);
    if (found?.answer !== 'agreed' || found.doneAt !== null) return;
    await tx.lock('retentionHold');
    const { calendar } = await this.policies.inForce(tx);
    const { schedule } = await scheduleInForce(tx);
    const period = { today: localDate(calendar, tx.now), timeZone: calendar.timeZone };
    const approved = await tx.rows<{ id: string; referralId: string; rule: string }>(sql`
      SELECT id, referral_id AS "referralId", rule FROM destruction_proposal
      WHERE destruction_id = ${destructionId} AND state = 'approved' ORDER BY id FOR NO KEY UPDATE`);
    for (const { id, referralId, rule } of approved) {
      await tx.rows(sql`SELECT 1 FROM referral WHERE id = ${referralId} FOR UPDATE`);
      const [due] = await dueRecords(tx, schedule, period, sql`r.id = ${referralId}`);
      if (due === undefined) {
        await withdraw(tx, id, (await isHeld(tx, referralId)) ? 'held' : 'not_due');
        continue;
      }
      const { gone } = (await tx.row<{ gone: Readonly<Record<string, number>> }>(
        sql`SELECT mash.destroy_referral(${referralId}) AS gone`,
      ))!;
      await certify(tx, id, gone);
      await tx.insert(auditEntry(tx, 'retention.destroyed', referralId, { destructionId, rule }));
    }
    await finish(tx, destructionId);
  }
}
