import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { JobNudge, isJobWaiting, jobRows } from '#jobs';
import { Database, SERVICE, sql, type Transaction } from '#store';

/** A day is closed from this local time of the next one on: what was begun before midnight is committed by then. */
const CLOSES_AT = '00:30';

/** Calls for the closing of days: once a night, and again for as long as a day that has ended is not closed. */
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
      const upTo = today.subtract({ days: 1 }).toString();
      await tx.lock('planningClose');
      if (!(await isClosable(tx, upTo, calendar.timeZone)) || (await isJobWaiting(tx, 'close-days', { upTo })))
        return false;
      await tx.insert(jobRows(tx, 'close-days', [{ upTo }], 'green'));
      return true;
    });
    if (isPlanned) this.jobs.nudge();
  }
}

/** Whether a day is not closed, and there was anything to count by its end. */
async function isClosable(tx: Transaction, day: string, timeZone: string): Promise<boolean> {
  const found = await tx.row(sql`
    SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM day_close WHERE day >= ${day}::date)
      AND EXISTS (SELECT 1 FROM referral WHERE (received_at AT TIME ZONE ${timeZone})::date <= ${day}::date)`);
  return found !== null;
}
