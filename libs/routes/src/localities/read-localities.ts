import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import type { Localities } from '#domain';
import { Database, sql } from '#store';
import { localitiesInForce, type LocalitiesInForce } from './localities-in-force.ts';

/** A version of the table of localities, with who made it. */
export interface LocalityVersionLine {
  readonly version: number;
  readonly localities: Localities;
  readonly effectiveFrom: Temporal.Instant;
  /** Null for the example that the service ships with. */
  readonly madeBy: string | null;
  readonly reason: string | null;
}

/** The tables of localities that there were, the latest first. */
@Injectable()
export class ReadLocalities {
  constructor(private readonly database: Database) {}

  async all(
    by: StaffActor,
  ): Promise<{ readonly versions: readonly LocalityVersionLine[]; readonly now: Temporal.Instant }> {
    return this.database.as(by).transaction(async (tx) => ({
      now: tx.now,
      versions: await tx.rows<LocalityVersionLine>(sql`
        SELECT v.version, v.localities, v.effective_from AS "effectiveFrom", m.name AS "madeBy", v.reason
        FROM locality_version v LEFT JOIN staff_member m ON m.id = v.made_by ORDER BY v.version DESC`),
    }));
  }

  async inForce(by: StaffActor): Promise<LocalitiesInForce> {
    return this.database.as(by).transaction(localitiesInForce);
  }
}
