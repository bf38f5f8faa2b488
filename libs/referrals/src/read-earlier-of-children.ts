import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Database, Referral, sql } from '#store';
import { earlierOf, INCIDENT_OF_EARLIER, OF_ANOTHER_INCIDENT, WITH_INCIDENTS } from './earlier-referrals.ts';
import { HOW_IT_STANDS, ITS_PEOPLE, type RelatedReferral } from './related-referrals.ts';

/** An earlier referral, and which children of the later one were in it. */
export interface EarlierOfChildren extends RelatedReferral {
  /** The same for reports of one incident. */
  readonly incident: string;
  /** Positions among the children of the later referral, from 0. */
  readonly children: readonly number[];
}

/**
 * The referrals of the same children in the twelve months before, linked by the job or not yet: those that a decision is
 * judged by, without those that report the same incident. A part of the page of a referral, whose reading is on the record.
 */
@Injectable()
export class ReadEarlierOfChildren {
  constructor(private readonly database: Database) {}

  /** @returns the latest first */
  async execute({ reference, by }: { reference: string; by: StaffActor }): Promise<readonly EarlierOfChildren[]> {
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.one(Referral, { reference: parseReferralReference(reference) ?? '' }, ['id']);
      if (found === null) return [];
      return tx.rows<EarlierOfChildren>(sql`
        SELECT ${HOW_IT_STANDS}, e.children, ${INCIDENT_OF_EARLIER} AS incident
        FROM (${earlierOf(found.id)}) e JOIN referral r ON r.id = e.earlier_id ${ITS_PEOPLE} ${WITH_INCIDENTS}
        WHERE ${OF_ANOTHER_INCIDENT} ORDER BY r.received_at DESC, r.id`);
    });
  }
}
