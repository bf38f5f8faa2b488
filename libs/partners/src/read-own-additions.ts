import { Injectable } from '@nestjs/common';
import { ownAgency, type StaffActor } from '#access';
import { Database, sql } from '#store';
import type { AdditionLine } from './read-additions.ts';

/** What an agency has added to a referral of its own, as it was sent. */
export type OwnAddition = Pick<AdditionLine, 'id' | 'kind' | 'words' | 'saidBy' | 'pointer' | 'rightValue' | 'addedAt'>;

/** What the agency of a person has added. Reading the referral is what the record notes. */
@Injectable()
export class ReadOwnAdditions {
  constructor(private readonly database: Database) {}

  /** @returns the latest first; none for a referral of another agency */
  async execute(reference: string, by: StaffActor): Promise<readonly OwnAddition[]> {
    const agencyId = ownAgency(by);
    return this.database.as(by).transaction((tx) =>
      tx.rows<OwnAddition>(sql`
        SELECT a.id, a.kind, a.words, a.said_by AS "saidBy", a.pointer, a.right_value AS "rightValue", a.added_at AS "addedAt"
        FROM referral_addition a JOIN referral r ON r.id = a.referral_id
        WHERE r.reference = ${reference} AND a.agency_id = ${agencyId} ORDER BY a.added_at DESC, a.id DESC`),
    );
  }
}
