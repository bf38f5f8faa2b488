import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';

/** An agency that the hub may ask. */
export interface AgencyToAsk {
  readonly id: string;
  readonly name: string;
  /** Whether a person of the agency signs in and is told by a message; else the hub telephones. */
  readonly hasPeople: boolean;
}

/** The agencies that may be asked (members of the public are none), those whose people can be told at the top, then by name. */
@Injectable()
export class AgenciesToAsk {
  constructor(private readonly database: Database) {}

  async execute(by: StaffActor): Promise<readonly AgencyToAsk[]> {
    return this.database.as(by).rows<AgencyToAsk>(sql`
      SELECT id, name, EXISTS (SELECT 1 FROM staff_member s WHERE s.agency_id = agency.id AND s.is_active) AS "hasPeople"
      FROM agency WHERE kind <> 'public' ORDER BY "hasPeople" DESC, name, id`);
  }
}
