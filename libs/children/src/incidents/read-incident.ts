import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';

/** What a person said of two reports of an incident, which stands. */
export interface SaidOfIncident {
  readonly id: string;
  /** The references of the two referrals. */
  readonly one: string;
  readonly other: string;
  readonly by: string;
  readonly at: Temporal.Instant;
}

/** Who said of which reports that they are of the incident of a referral. A part of its page, whose reading is on the record. */
@Injectable()
export class ReadIncident {
  constructor(private readonly database: Database) {}

  /** @returns the first first; none where the referral is the only report */
  async execute(reference: string, by: StaffActor): Promise<readonly SaidOfIncident[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<SaidOfIncident>(sql`
        SELECT s.id, one.reference AS one, other.reference AS other, staff_member.name AS by, s.said_at AS at
        FROM referral r JOIN referral_incident this ON this.referral_id = r.id
        JOIN referral_incident report USING (incident_id)
        JOIN same_incident s ON s.one_id = report.referral_id AND s.ended_at IS NULL
        JOIN referral one ON one.id = s.one_id JOIN referral other ON other.id = s.other_id
        JOIN staff_member ON staff_member.id = s.said_by
        WHERE r.reference = ${reference} AND s.one_id NOT IN (SELECT mash.hidden_from(${by.id}))
          AND s.other_id NOT IN (SELECT mash.hidden_from(${by.id}))
        ORDER BY s.said_at, s.id`),
    );
  }
}
