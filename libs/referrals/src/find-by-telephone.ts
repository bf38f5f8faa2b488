import { Injectable } from '@nestjs/common';
import { isHiddenFrom, type StaffActor } from '#access';
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
      // An index of numbers is not asked from behind the wall of the database: what is hidden from the person is left out here.
      const fits = await tx.overAll((all) =>
        all.rows<{ id: string }>(sql`
        SELECT r.id FROM (
          SELECT id FROM referral WHERE submitted->'referrer'->>'phone' = ${telephone}
          UNION
          SELECT referral_id FROM referral_adult WHERE submitted->>'phone' = ${telephone}) fits JOIN referral r USING (id)
        WHERE NOT ${isHiddenFrom(by.id)} ORDER BY r.received_at DESC, r.id LIMIT ${FOUND_AT_MOST + 1}`),
      );
      const rows = await tx.rows<FoundReferral>(sql`
        SELECT r.reference, r.status, r.rating, ${RATING_CONFIRMED} AS "isRatingConfirmed", agency.name AS agency, r.received_at AS "receivedAt",
          'child' AS kind, ${SUBMITTED_NAME} AS person, who.submitted->>'dateOfBirth' AS "dateOfBirth"
        FROM referral r JOIN agency ON agency.id = r.agency_id
        JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
        WHERE r.id = ANY(${fits.map(({ id }) => id)}) ORDER BY r.received_at DESC, r.id`);
      await tx.insert(auditEntry(tx, 'search.made', null, { fields: ['telephone'], found: rows.length }));
      return { found: rows.slice(0, FOUND_AT_MOST), isCapped: rows.length > FOUND_AT_MOST, now: tx.now };
    });
  }
}
