import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql } from '#store';
import { endpointsWhere, type EndpointView } from './read-endpoints.ts';

/** The endpoints of agencies for an administrator, who can ring an agency whose receiver takes nothing. */
@Injectable()
export class WebhooksForAdministrators {
  constructor(private readonly database: Database) {}

  /** Those of one agency, the first at the top. */
  async ofAgency(agencyId: string, by: StaffActor): Promise<readonly EndpointView[]> {
    return this.database.as(by).transaction((tx) => endpointsWhere(tx, sql`e.agency_id = ${agencyId}`));
  }

  /** The ids of agencies that have an endpoint which is switched off. */
  async switchedOff(by: StaffActor): Promise<readonly string[]> {
    const found = await this.database.as(by).rows<{ id: string }>(sql`
      SELECT DISTINCT agency_id AS id FROM webhook_endpoint WHERE off_since IS NOT NULL AND removed_at IS NULL`);
    return found.map(({ id }) => id);
  }
}
