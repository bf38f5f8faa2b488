import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { policyIn, type CalendarData, type StoredPolicy, type TriagePolicy } from '#domain';
import { Database, sql } from '#store';

/** A version of policy or calendar, with who made it. */
export interface VersionLine<T> {
  readonly version: number;
  readonly data: T;
  readonly effectiveFrom: Temporal.Instant;
  /** Null for what the service shipped with. */
  readonly madeBy: string | null;
  readonly madeAt: Temporal.Instant | null;
  readonly reason: string | null;
  readonly isInForce: boolean;
  /** Whether it takes effect later. */
  readonly isAhead: boolean;
}

export interface VersionsPage<T> {
  readonly now: Temporal.Instant;
  /** The latest first. */
  readonly versions: readonly VersionLine<T>[];
}

/** Every version of the policy, or of the calendar. */
@Injectable()
export class ReadVersions {
  constructor(private readonly database: Database) {}

  policy(by: StaffActor): Promise<VersionsPage<TriagePolicy>> {
    return this.database.as(by).transaction(async (tx) => ({
      now: tx.now,
      versions: (
        await tx.rows<VersionLine<StoredPolicy<TriagePolicy>>>(sql`
        SELECT v.version, v.policy AS data, v.effective_from AS "effectiveFrom", m.name AS "madeBy",
          v.made_at AS "madeAt", v.reason, v.effective_from > ${tx.now} AS "isAhead",
          v.version = (SELECT version FROM policy_version WHERE effective_from <= ${tx.now}
            ORDER BY effective_from DESC, version DESC LIMIT 1) AS "isInForce"
        FROM policy_version v LEFT JOIN staff_member m ON m.id = v.made_by ORDER BY v.version DESC`)
      ).map((line) => ({ ...line, data: policyIn<TriagePolicy>(line.data) })),
    }));
  }

  calendar(by: StaffActor): Promise<VersionsPage<CalendarData>> {
    return this.database.as(by).transaction(async (tx) => ({
      now: tx.now,
      versions: await tx.rows<VersionLine<CalendarData>>(sql`
        SELECT v.version, v.calendar AS data, v.effective_from AS "effectiveFrom", m.name AS "madeBy",
          v.made_at AS "madeAt", v.reason, v.effective_from > ${tx.now} AS "isAhead",
          v.version = (SELECT version FROM calendar_version WHERE effective_from <= ${tx.now}
            ORDER BY effective_from DESC, version DESC LIMIT 1) AS "isInForce"
        FROM calendar_version v LEFT JOIN staff_member m ON m.id = v.made_by ORDER BY v.version DESC`),
    }));
  }
}
