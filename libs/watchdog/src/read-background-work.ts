import { Injectable } from '@nestjs/common';
import { isJobName, JOBS } from '#jobs';
import { Database, SERVICE, sql, type Purpose } from '#store';

/** The jobs of one name that are to be done. */
export interface WaitingJobs {
  readonly name: string;
  readonly waiting: number;
  /** When the oldest of them was called for. */
  readonly since: Temporal.Instant;
  /** How many of them have failed, and how often one did at the most. */
  readonly failing: number;
  readonly mostFailures: number;
  /** When the first of those that failed is tried again; null where none failed. */
  readonly nextTryAt: Temporal.Instant | null;
  /** The class of a failure, such as `TypeError`; never its text. */
  readonly lastFailure: string | null;
  /** They failed so often that a person has to look. */
  readonly needsOperator: boolean;
}

/** The messages of one purpose and channel that have to leave. */
export interface WaitingMessages {
  readonly purpose: Purpose;
  readonly channel: string;
  readonly waiting: number;
  /** Since when the oldest of them is due; null where none is. */
  readonly dueSince: Temporal.Instant | null;
  readonly retried: number;
  readonly nextTryAt: Temporal.Instant;
  /** The code of the commonest failure; null where none failed. */
  readonly failure: string | null;
}

/** What the service has still to do by itself. */
export interface BackgroundWork {
  /** What has failed first, then by name. */
  readonly jobs: readonly WaitingJobs[];
  readonly messages: readonly WaitingMessages[];
  readonly now: Temporal.Instant;
}

/** What is waiting, failing and tried again: for the people who run the service. It holds codes and numbers alone. */
@Injectable()
export class ReadBackgroundWork {
  constructor(private readonly database: Database) {}

  async execute(): Promise<BackgroundWork> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const jobs = await tx.rows<Omit<WaitingJobs, 'needsOperator'>>(sql`
        SELECT name, count(*)::int AS waiting, min(created_at) AS since,
          (count(*) FILTER (WHERE failures > 0))::int AS failing, max(failures) AS "mostFailures",
          min(run_after) FILTER (WHERE failures > 0) AS "nextTryAt", max(last_failure) AS "lastFailure"
        FROM job WHERE completed_at IS NULL GROUP BY name ORDER BY max(failures) DESC, name`);
      const messages = await tx.rows<WaitingMessages>(sql`
        SELECT purpose, channel, count(*)::int AS waiting,
          min(next_attempt_at) FILTER (WHERE next_attempt_at <= ${tx.now}) AS "dueSince",
          (count(*) FILTER (WHERE attempts > 0))::int AS retried, min(next_attempt_at) AS "nextTryAt",
          mode() WITHIN GROUP (ORDER BY failure) AS failure
        FROM delivery WHERE state IN ('queued', 'sending') AND channel <> 'loopback'
        GROUP BY purpose, channel ORDER BY purpose, channel`);
      const withNeed = jobs.map((one) => ({ ...one, needsOperator: one.mostFailures >= attemptsOf(one.name) }));
      return { jobs: withNeed, messages, now: tx.now };
    });
  }
}

/** A job of a name that this version does not know was called for by another: its first failure is one to look at. */
function attemptsOf(name: string): number {
  return isJobName(name) ? JOBS[name].attempts : 1;
}
