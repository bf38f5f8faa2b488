import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { normaliseNhsNumber, normaliseUpn, parseReferralReference, withoutOrnament, type Rating } from '#domain';
import { Database, type ReferralStatus, sql } from '#store';
import { SUBMITTED_NAME } from './submitted-name.ts';

/** What a person knows of whom they look for; empty where they do not. All of it must fit. */
export interface SearchCriteria {
  /** However spelled, in any order, with or without accents. */
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
  readonly nhsNumber: string;
  readonly upn: string;
  readonly reference: string;
  readonly postcode: string;
  /** An agency's id. */
  readonly agency: string;
}

export interface FoundReferral {
  readonly reference: string;
  readonly status: ReferralStatus;
  readonly rating: Rating;
  readonly agency: string;
  readonly receivedAt: Temporal.Instant;
  /** Who of it fits, as submitted; the first child where no person in particular does. */
  readonly person: string;
  readonly kind: 'child' | 'adult';
  readonly dateOfBirth: string | null;
}

export interface SearchResult {
  readonly found: readonly FoundReferral[];
  /** Whether there are more than are shown. */
  readonly isCapped: boolean;
  readonly now: Temporal.Instant;
}

/** More than these no person reads: the search has to be narrowed. */
const FOUND_AT_MOST = 50;

/** Finds referrals by whom they are about. On the record: which fields were searched by and how many were found, never what for. */
@Injectable()
export class SearchReferrals {
  constructor(private readonly database: Database) {}

  async execute(criteria: SearchCriteria, by: StaffActor): Promise<SearchResult> {
    const sought = asStored(criteria);
    return this.database.as(by).transaction(async (tx) => {
      const rows = await tx.rows<FoundReferral>(sql`
        WITH sought AS (SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS name_key
          FROM mash.fold(${sought.name}) folded),
        fits AS (
          SELECT DISTINCT ON (p.referral_id) p.referral_id, p.kind, p.position,
            CASE WHEN ${sought.name}::text IS NULL THEN 0
              WHEN p.name_key = sought.name_key THEN 1
              ELSE greatest(similarity(p.name, sought.name), word_similarity(sought.name, p.name)) END AS score
          FROM sought, person_name p JOIN referral r ON r.id = p.referral_id LEFT JOIN referral_child c
            ON p.kind = 'child' AND c.referral_id = p.referral_id AND c.position = p.position
          WHERE (${sought.name}::text IS NULL OR p.name % sought.name OR sought.name <% p.name OR p.name_key = sought.name_key
              OR (sought.sounds <> '{}' AND p.sounds @> sought.sounds))
            AND (${sought.dateOfBirth}::date IS NULL OR p.date_of_birth = ${sought.dateOfBirth})
            AND (${sought.nhsNumber}::text IS NULL OR c.nhs_number = ${sought.nhsNumber})
            AND (${sought.upn}::text IS NULL OR c.upn = ${sought.upn})
            AND (${sought.postcode}::text IS NULL OR p.postcode = ${sought.postcode})
            AND (${sought.reference}::text IS NULL OR r.reference = ${sought.reference})
            AND (${sought.agency}::uuid IS NULL OR r.agency_id = ${sought.agency})
          ORDER BY p.referral_id, score DESC, p.kind DESC, p.position)
        SELECT r.reference, r.status, r.rating, agency.name AS agency, r.received_at AS "receivedAt", fits.kind,
          ${SUBMITTED_NAME} AS person, who.submitted->>'dateOfBirth' AS "dateOfBirth"
        FROM fits JOIN referral r ON r.id = fits.referral_id JOIN agency ON agency.id = r.agency_id
        JOIN LATERAL (
          SELECT submitted FROM referral_child
          WHERE fits.kind = 'child' AND referral_id = r.id AND position = fits.position
          UNION ALL
          SELECT submitted FROM referral_adult
          WHERE fits.kind = 'adult' AND referral_id = r.id AND position = fits.position
        ) who ON true
        ORDER BY fits.score DESC, r.received_at DESC, r.id LIMIT ${FOUND_AT_MOST + 1}`);
      const fields = Object.entries(criteria).flatMap(([field, value]) => (value === '' ? [] : [field]));
      await tx.insert(auditEntry(tx, 'search.made', null, { fields, found: rows.length }));
      return { found: rows.slice(0, FOUND_AT_MOST), isCapped: rows.length > FOUND_AT_MOST, now: tx.now };
    });
  }
}

/** The criteria in the form in which the database has them; null where nothing is known. */
function asStored(criteria: SearchCriteria): Readonly<Record<keyof SearchCriteria, string | null>> {
  const known = (text: string, stored: (text: string) => string | null = () => text) =>
    // A text that cannot be such a number is looked for as it is, and found nowhere.
    text === '' ? null : (stored(text) ?? text);
  return {
    name: known(criteria.name),
    dateOfBirth: known(criteria.dateOfBirth),
    nhsNumber: known(criteria.nhsNumber, normaliseNhsNumber),
    upn: known(criteria.upn, normaliseUpn),
    reference: known(criteria.reference, parseReferralReference),
    postcode: known(withoutOrnament(criteria.postcode)),
    agency: known(criteria.agency),
  };
}
