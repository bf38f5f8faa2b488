import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { auditEntry } from '#audit';
import type { FeedbackBy } from '#domain';
import { Agency, Database, rowsOf, SERVICE, sql, type Actor } from '#store';

export interface NewAgency {
  readonly name: string;
  readonly kind: string;
  /** DfE source of referral, such as 2A. */
  readonly sourceCode: string;
  /** By what means its referrers are told of a decision; by e-mail where it is left out. */
  readonly feedbackBy?: FeedbackBy;
}

/** An agency in a list. */
export type AgencyLine = Pick<Agency, 'id' | 'name' | 'sourceCode'>;

/** An agency as an administrator sees it. */
export interface AgencyInFull extends AgencyLine {
  readonly kind: string;
  readonly feedbackBy: FeedbackBy;
  /** Its programs, and its people who sign in. */
  readonly clients: number;
  readonly people: number;
}

/** What agencies are, by which lists and figures group them. */
export const AGENCY_KINDS = [
  ...['school', 'education_service', 'police', 'health_visitor', 'hospital', 'gp', 'midwifery', 'adult_social_care'],
  ...['housing', 'probation', 'other_authority', 'voluntary', 'public'],
] as const;

/** The agencies that refer children. */
@Injectable()
export class Agencies {
  constructor(private readonly database: Database) {}

  /** Every agency, by name. */
  async all(): Promise<readonly AgencyLine[]> {
    return this.database
      .as(SERVICE)
      .rows<AgencyLine>(sql`SELECT id, name, source_code AS "sourceCode" FROM agency ORDER BY name, id`);
  }

  /** Every agency with what is set up for it, by name. */
  async inFull(by: Actor): Promise<readonly AgencyInFull[]> {
    return this.database.as(by).rows<AgencyInFull>(sql`
      SELECT id, name, kind, source_code AS "sourceCode", feedback_by AS "feedbackBy",
        (SELECT count(*)::int FROM agency_client c WHERE c.agency_id = agency.id) AS clients,
        (SELECT count(*)::int FROM staff_member s WHERE s.agency_id = agency.id AND s.is_active) AS people
      FROM agency ORDER BY name, id`);
  }

  /** @returns its id */
  async add(agency: NewAgency, by: Actor): Promise<string> {
    const agencyId = randomUUIDv7();
    await this.database.as(by).transaction(async (tx) => {
      await tx.insert(
        rowsOf(Agency, { id: agencyId, feedbackBy: 'email', ...agency, createdAt: tx.now }),
        auditEntry(tx, 'agency.added', null, { agencyId }),
      );
    });
    return agencyId;
  }

  /** From now on the referrers of an agency are told of decisions by this means. @returns whether there is such an agency */
  async setFeedback(of: { id: string } | { name: string }, feedbackBy: FeedbackBy, by: Actor): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Agency, of, ['id']);
      if (found === null) return false;
      await tx.change(Agency, found.id, { feedbackBy });
      await tx.insert(auditEntry(tx, 'agency.feedback-set', null, { agencyId: found.id, feedbackBy }));
      return true;
    });
  }
}
