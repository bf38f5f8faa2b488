import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';

/** An agency or a person, by name. */
export interface DecidedChoice {
  readonly id: string;
  readonly name: string;
}

export interface DecidedChoices {
  readonly agencies: readonly DecidedChoice[];
  /** Each person who has ever decided. */
  readonly deciders: readonly DecidedChoice[];
  readonly now: Temporal.Instant;
}

/** The agencies and the persons that the list can be narrowed down to. */
@Injectable()
export class ReadDecidedChoices {
  constructor(private readonly database: Database) {}

  async execute(by: StaffActor): Promise<DecidedChoices> {
    return this.database.as(by).transaction(async (tx) => ({
      agencies: await tx.rows<DecidedChoice>(sql`SELECT id, name FROM agency ORDER BY name, id`),
      deciders: await tx.rows<DecidedChoice>(sql`
        SELECT s.id, s.name FROM staff_member s
        WHERE EXISTS (SELECT 1 FROM decision WHERE decided_by = s.id) ORDER BY s.name, s.id`),
      now: tx.now,
    }));
  }
}
