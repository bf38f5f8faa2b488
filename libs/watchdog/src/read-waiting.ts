import { Injectable } from '@nestjs/common';
import { RATINGS, urgency, type Rating } from '#domain';
import { Database, SERVICE, sql } from '#store';

/** What waits for people and for the service itself: numbers alone, of no single referral. */
export interface WaitingFigures {
  /** Seconds since the receipt of the oldest referral that awaits its decision and that no person holds; 0 when there is none. */
  readonly oldestUnclaimedSeconds: Readonly<Record<Rating, number>>;
  /** Jobs that are to be done, now or later, and how many of them have failed. */
  readonly jobs: number;
  readonly failingJobs: number;
  /** Seconds that the oldest of them has waited: since it was due, or where it has failed since it was called for. */
  readonly oldestJobSeconds: number;
  /** How often a restricted record was opened in an emergency and no manager has looked at it yet. */
  readonly glassNotReviewed: number;
}

/**
 * Counts what waits, for the metrics, every five seconds. Each half of the open jobs has an index; one question about both
 * would read the jobs that are done as well.
 */
@Injectable()
export class ReadWaiting {
  constructor(private readonly database: Database) {}

  async execute(): Promise<WaitingFigures> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const unclaimed = await tx.rows<{ urgency: number; seconds: number }>(sql`
        SELECT urgency, extract(epoch FROM ${tx.now}::timestamptz - min(received_at))::float8 AS seconds
        FROM referral WHERE status = 'awaiting_decision' AND claimed_by IS NULL GROUP BY urgency`);
      const others = await tx.row<Omit<WaitingFigures, 'oldestUnclaimedSeconds'>>(sql`
        WITH open AS (
          SELECT created_at, run_after, failures FROM job WHERE completed_at IS NULL AND handed_over_at IS NULL
          UNION ALL
          SELECT created_at, run_after, failures FROM job WHERE completed_at IS NULL AND handed_over_at IS NOT NULL)
        SELECT count(*)::int AS jobs, (count(*) FILTER (WHERE failures > 0))::int AS "failingJobs",
          coalesce(greatest(extract(epoch FROM ${tx.now}::timestamptz -
            min(CASE WHEN failures > 0 THEN created_at ELSE run_after END)), 0), 0)::float8 AS "oldestJobSeconds",
          (SELECT count(*)::int FROM glass_broken g
            WHERE NOT EXISTS (SELECT 1 FROM glass_review w WHERE w.glass_id = g.id)) AS "glassNotReviewed"
        FROM open`);
      const secondsOf = (rating: Rating) =>
        Math.max(unclaimed.find((one) => one.urgency === urgency(rating))?.seconds ?? 0, 0);
      return {
        ...others!,
        oldestUnclaimedSeconds: Object.fromEntries(RATINGS.map((rating) => [rating, secondsOf(rating)])) as Record<
          Rating,
          number
        >,
      };
    });
  }
}
