import type { CalendarData, TriagePolicy } from '#domain';
import type { Database } from '#store';

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
export class ReadVersions {
  constructor(private readonly database: Database) {}

  policy(): Promise<VersionsPage<TriagePolicy>> {
    return this.read('policy');
  }

  calendar(): Promise<VersionsPage<CalendarData>> {
    return this.read('calendar');
  }

  private async read<T>(kind: 'policy' | 'calendar'): Promise<VersionsPage<T>> {
    return this.database.transaction(async (tx) => ({
      now: tx.now,
      versions: await tx.rows<VersionLine<T>>(
        `SELECT v.version, v.${kind} AS data, v.effective_from AS "effectiveFrom", m.name AS "madeBy",
           v.made_at AS "madeAt", v.reason, v.effective_from > $1 AS "isAhead",
           v.version = (SELECT version FROM ${kind}_version WHERE effective_from <= $1
             ORDER BY effective_from DESC, version DESC LIMIT 1) AS "isInForce"
         FROM ${kind}_version v LEFT JOIN staff_member m ON m.id = v.made_by ORDER BY v.version DESC`,
        [tx.now],
      ),
    }));
  }
}
