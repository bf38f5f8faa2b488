import { DEFAULT_RETENTION_SCHEDULE, wholeSchedule, type PublishedSchedule, type RetentionSchedule } from '#domain';
import { sql, type Transaction } from '#store';

export interface ScheduleInForce {
  /** 1 for that of the code. */
  readonly version: number;
  readonly schedule: RetentionSchedule;
  /** Null for that of the code. */
  readonly made: { readonly by: string; readonly at: Temporal.Instant; readonly reason: string } | null;
}

/** The latest schedule that was published: it holds at once. */
export async function scheduleInForce(tx: Transaction): Promise<ScheduleInForce> {
  const found = await tx.row<{
    version: number;
    schedule: PublishedSchedule;
    by: string;
    at: Temporal.Instant;
    reason: string;
  }>(sql`
    SELECT v.version, v.schedule, m.name AS by, v.made_at AS at, v.reason
    FROM retention_schedule v JOIN staff_member m ON m.id = v.made_by ORDER BY v.version DESC LIMIT 1`);
  if (found === null) return { version: 1, schedule: DEFAULT_RETENTION_SCHEDULE, made: null };
  const { version, schedule, ...made } = found;
  return { version, schedule: wholeSchedule(schedule), made };
}
