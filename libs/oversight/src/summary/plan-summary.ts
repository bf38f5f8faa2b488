import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { isJobWaiting, JobNudge, jobRows } from '#jobs';
import { Database, SERVICE, WeeklySummary } from '#store';
import { whoWantsSummary } from './who-wants-it.ts';

/** The local time on Monday from which the e-mail is sent. */
const SENT_AT = '08:00';

/**
 * Calls for the weekly e-mail: on Monday at eight, or as soon in the week as the worker runs again. Where no person wants
 * it there is none.
 */
@Injectable()
export class PlanSummary {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  async execute(): Promise<void> {
    const isPlanned = await this.database.as(SERVICE).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const today = localDate(calendar, tx.now);
      const monday = today.subtract({ days: today.dayOfWeek - 1 });
      if (Temporal.Instant.compare(tx.now, atLocalTime(calendar, monday, SENT_AT)) < 0) return false;
      await tx.lock('planningSummary');
      const week = monday.toString();
      if ((await tx.one(WeeklySummary, { week }, ['week'])) !== null) return false;
      if (await isJobWaiting(tx, 'weekly-summary', { week })) return false;
      if ((await whoWantsSummary(tx)).length === 0) return false;
      await tx.insert(jobRows(tx, 'weekly-summary', [{ week }], 'green'));
      return true;
    });
    if (isPlanned) this.jobs.nudge();
  }
}
