import { Injectable } from '@nestjs/common';
import { Policies } from '#deadlines';
import { atLocalTime, localDate } from '#domain';
import { isJobWaiting, JobNudge, jobRows } from '#jobs';
import { Database, SERVICE, sql } from '#store';

/** The record is verified from this local time on, when few people work. */
const BEGINS_AT = '01:30';

/** Calls for the verification of the record, once a night; also by day, where the last night had none. */
@Injectable()
export class PlanVerification {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
    private readonly jobs: JobNudge,
  ) {}

  async execute(): Promise<void> {
    const isPlanned = await this.database.as(SERVICE).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const today = localDate(calendar, tx.now);
      const isNight = Temporal.Instant.compare(tx.now, atLocalTime(calendar, today, BEGINS_AT)) < 0;
      const night = isNight ? today.subtract({ days: 1 }) : today;
      const payload = { night: night.toString() };
      await tx.lock('planningVerification');
      const since = atLocalTime(calendar, night, BEGINS_AT);
      const done = await tx.row(sql`SELECT 1 FROM record_verification WHERE at >= ${since} LIMIT 1`);
      if (done !== null || (await isJobWaiting(tx, 'verify-record', payload))) return false;
      await tx.insert(jobRows(tx, 'verify-record', [payload], 'green'));
      return true;
    });
    if (isPlanned) this.jobs.nudge();
  }
}
