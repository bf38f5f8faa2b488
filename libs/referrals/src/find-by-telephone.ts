import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database, sql } from '#store';
import { RATING_CONFIRMED } from './rating-confirmed.ts';
import type { FoundReferral, SearchResult } from './search-referrals.ts';
import { SUBMITTED_NAME } from './submitted-name.ts';

/** More than these no person reads. */
const FOUND_AT_MOST = 50;

/** Finds referrals by the telephone number of who referred or of an adult. On the record without the number. */
@Injectable()
export class FindByTelephone {
  constructor(private readonly database: Database) {}

  /** @param telephone as `readTelephone` returns it, in which form referrals are stored */
  async execute(telephone: string, by: StaffActor): Promise<SearchResult> {
    return this.database.as(by).transaction(async (tx) => {
      const rows = await tx.rows<FoundReferral>(sql`
        WITH fits AS (
          SELECT id AS referral_id FROM referral WHERE submitted->'referrer'->>'phone' = ${telephone}
          UNION
          SELECT referral_id FROM referral_adult WHERE submitted->>'phone' = ${telephone})
        SELECT r.reference, r.status, r.rating, ${RATING_CONFIRMED} AS "isRatingConfirmed", agency.name AS agency, r.received_at AS "receivedAt",
          'child' AS kind, ${SUBMITTED_NAME} AS person, who.submitted->>'dateOfBirth' AS "dateOfBirth"
        FROM fits JOIN referral r ON r.id = fits.referral_id JOIN agency ON agency.id = r.agency_id
        JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
        ORDER BY r.received_at DESC, r.id LIMIT ${FOUND_AT_MOST + 1}`);
      await tx.insert(auditEntry(tx, 'search.made', null, { fields: ['telephone'], found: rows.length }));
      return { found: rows.slice(0, FOUND_AT_MOST), isCapped: rows.length > FOUND_AT_MOST, now: tx.now };
    });
  }
}
