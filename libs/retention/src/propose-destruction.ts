import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { localDate } from '#domain';
import { Database, SERVICE, sql, type Transaction } from '#store';
import { idOf, isAsApproved, type DueRecord, type IdOfRecord } from './due-record.ts';
import { dueRecords, isHeld } from './due-records.ts';
import { propose, withdraw } from './retention-state.ts';
import { scheduleInForce } from './schedule-in-force.ts';

/**
 * Proposes for destruction each record whose period was over before this month, and takes back what is not due any more: a
 * hold was set, or the child was referred again. So the list grows once a month, and shrinks within the hour. Safe to repeat.
 */
@Injectable()
export class ProposeDestruction {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns how many are proposed by this, and how many taken back */
  async execute(): Promise<{ readonly proposed: number; readonly withdrawn: number }> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      await tx.lock('proposingDestruction');
      const { calendar } = await this.policies.inForce(tx);
      const { timeZone } = calendar;
      const month = localDate(calendar, tx.now).with({ day: 1 });
      const { version, schedule } = await scheduleInForce(tx);
      const due = await dueRecords(tx, schedule, { today: month, timeZone });
      const withdrawn = await takeBack(tx, new Map(due.map((one) => [idOf(one.record), one])));
      const settled = await notToBeProposed(tx, month);
      const fresh = due.filter(({ record }) => !settled.has(idOf(record)));
      await propose(
        tx,
        fresh.map(({ record, rule, until }) => ({
          ...{ ...record, rule: rule.name, keptUntil: until.toString() },
          ...{ looksFirst: rule.looksFirst, scheduleVersion: version },
        })),
      );
      if (fresh.length > 0 || withdrawn > 0) {
        await tx.insert(auditEntry(tx, 'retention.proposed', null, { count: fresh.length, withdrawn }));
      }
      return { proposed: fresh.length, withdrawn };
    });
  }
}

/** Takes back what is not due any more, and what another rule holds for by now: that is proposed anew. */
async function takeBack(tx: Transaction, due: ReadonlyMap<string, DueRecord>): Promise<number> {
  const open = await tx.rows<IdOfRecord & { id: string; rule: string; looksFirst: boolean }>(sql`
    SELECT id, referral_id AS "referralId", consultation_id AS "consultationId", rule, looks_first AS "looksFirst"
    FROM destruction_proposal WHERE settled_at IS NULL ORDER BY id FOR NO KEY UPDATE`);
  const over = open.filter((one) => !isAsApproved(due.get(idOf(one)) ?? null, one));
  for (const one of over) {
    const why = due.has(idOf(one)) ? 'other_rule' : (await isHeld(tx, one)) ? 'held' : 'not_due';
    await withdraw(tx, one.id, why);
  }
  return over.length;
}

/** The records that are proposed, or that a person keeps longer than to this month. */
async function notToBeProposed(tx: Transaction, month: Temporal.PlainDate): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    SELECT coalesce(referral_id, consultation_id) AS id FROM destruction_proposal
    WHERE settled_at IS NULL OR (state = 'kept' AND keep_until >= ${month.toString()}::date)`);
  return new Set(rows.map(({ id }) => id));
}
