import { Injectable } from '@nestjs/common';
import { SERVICE, Database, sql } from '#store';

/** A referral that came or changed. */
export interface RecentChange {
  readonly reference: string;
  readonly version: number;
  readonly receivedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

/** As many as tell a person that the queue has changed; more say the same. */
const AT_MOST = 500;

/** What came or changed on the queue a moment ago. */
@Injectable()
export class RecentChanges {
  constructor(private readonly database: Database) {}

  /** Since an instant, the earliest first. One that was being committed at the instant may be missing. */
  async since(from: Temporal.Instant): Promise<readonly RecentChange[]> {
    return this.database.as(SERVICE).transaction((tx) =>
      tx.rows<RecentChange>(sql`SELECT reference, version, received_at AS "receivedAt", last_changed_at AS "changedAt" FROM referral
       WHERE last_changed_at > ${from} ORDER BY last_changed_at LIMIT ${AT_MOST}`),
    );
  }

  now(): Promise<Temporal.Instant> {
    return this.database.now();
  }
}
