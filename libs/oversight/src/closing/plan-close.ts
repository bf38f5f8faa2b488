import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { isJobWaiting, jobRows, JobNudge, type JobName, type JobPayloads } from '#jobs';
import { Database, SERVICE, sql, type Transaction } from '#store';

/** A day is closed from this local time of the next one on: what was begun before midnight is committed by then. */
const CLOSES_AT = '00:30';

/** Calls for the closing of days, once a night, and for the sample of a month: again for as long as either is missing. */
@Injectable()
export class PlanClose {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  async execute(): Promise<void> {
    const isPlanned = await this.database.as(SERVICE).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const today = localDate(calendar, tx.now);
      if (Temporal.Instant.compare(tx.now, atLocalTime(calendar, today, CLOSES_AT)) < 0) return false;
      await tx.lock('planningClose');
      const upTo = today.subtract({ days: 1 }).toString();
      const lastMonth = today.with({ day: 1 }).subtract({ months: 1 });
      const closes = (await isClosable(tx, upTo, calendar.timeZone)) && (await plan(tx, 'close-days', { upTo }));
      const draws =
        (await isToBeSampled(tx, lastMonth, calendar.timeZone)) &&
        (await plan(tx, 'draw-sample', { month: lastMonth.toPlainYearMonth().toString() }));
      return closes || draws;
    });
    if (isPlanned) this.jobs.nudge();
  }
}

/** @returns false when the job waits already */
async function plan<N extends JobName>(tx: Transaction, name: N, payload: JobPayloads[N]): Promise<boolean> {
  if (await isJobWaiting(tx, name, payload)) return false;
  await tx.insert(jobRows(tx, name, [payload], 'green'));
  return true;
}

/** Whether a day is not closed, and there was anything to count by its end. */
async function isClosable(tx: Transaction, day: string, timeZone: string): Promise<boolean> {
  const found = await tx.row(sql`
    SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM day_close WHERE day >= ${day}::date)
      AND EXISTS (SELECT 1 FROM referral WHERE (received_at AT TIME ZONE ${timeZone})::date <= ${day}::date)`);
  return found !== null;
}

/** Whether the sample of a month is not drawn, and a decision took effect in it. */
async function isToBeSampled(tx: Transaction, month: Temporal.PlainDate, timeZone: string): Promise<boolean> {
  const start = (day: Temporal.PlainDate) => atLocalTime({ timeZone }, day, '00:00');
  const found = await tx.row(sql`
    SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM sample WHERE month = ${month.toString()}::date)
      AND EXISTS (SELECT 1 FROM referral_fact
        WHERE effective_at >= ${start(month)} AND effective_at < ${start(month.add({ months: 1 }))})`);
  return found !== null;
}
