import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { SubmittedChild } from '#domain';
import { Database, sql, type Transaction } from '#store';
import { readConsultations, type RecordedConsultation } from './read-consultations.ts';
import type { SearchCriteria } from './search-referrals.ts';

/** More than these no person reads. */
const FOUND_AT_MOST = 20;

/** Finds advice that was given by the children whom it is about. That a person saw some is on the record. */
@Injectable()
export class FindConsultations {
  constructor(private readonly database: Database) {}

  /**
   * What fits a search: name and date of birth as for a referral, and the agency. A consultation has no number, postcode
   * or reference, so none fits a search by one.
   *
   * @returns the latest first
   */
  async bySearch(criteria: SearchCriteria, by: StaffActor): Promise<readonly RecordedConsultation[]> {
    const { name, dateOfBirth, agency, ...others } = criteria;
    if (Object.values(others).some((one) => one !== '') || (name === '' && dateOfBirth === '')) return [];
    const [born, agencyId] = [dateOfBirth || null, agency || null];
    return this.database.as(by).transaction(async (tx) => {
      // From outside the wall, as a search for referrals: see decision 72.
      const found = await tx.overAll((all) =>
        all.rows<{ id: string }>(sql`
        SELECT c.id FROM consultation c
        WHERE c.id NOT IN (SELECT mash.advice_hidden_from(${by.id})) AND (${agencyId}::uuid IS NULL OR c.agency_id = ${agencyId}::uuid) AND c.id IN (
          SELECT k.consultation_id
          FROM mash.fold(${name}) AS sought, mash.sounds(sought) AS heard, consultation_child k
          WHERE (sought = '' OR k.name % sought OR sought <% k.name OR k.name_key = mash.name_key(sought)
              OR (heard <> '{}' AND k.sounds @> heard))
            AND (${born}::date IS NULL OR k.date_of_birth = ${born}::date))
        ORDER BY c.given_at DESC, c.id DESC LIMIT ${FOUND_AT_MOST}`),
      );
      return onRecord(tx, found);
    });
  }

  /**
   * The advice that was asked about a child of the same name as one of these, or of the same date of birth and a name
   * that is alike.
   *
   * @returns the latest first
   */
  async about(children: readonly SubmittedChild[], by: StaffActor): Promise<readonly RecordedConsultation[]> {
    const called = children.map(({ firstName = '', lastName = '' }) => `${firstName} ${lastName}`);
    const born = children.map(({ dateOfBirth }) => dateOfBirth ?? null);
    return this.database.as(by).transaction(async (tx) => {
      const found = await tx.overAll((all) =>
        all.rows<{ id: string }>(sql`
        WITH given AS (
          SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS name_key, born
          FROM unnest(${called}::text[], ${born}::date[]) AS child (called, born), mash.fold(called) AS folded)
        SELECT c.id FROM consultation c WHERE c.id NOT IN (SELECT mash.advice_hidden_from(${by.id})) AND c.id IN (
          SELECT k.consultation_id FROM given
          JOIN consultation_child k ON k.name_key = given.name_key
            OR (k.date_of_birth = given.born AND (k.name % given.name OR k.sounds && given.sounds)))
        ORDER BY c.given_at DESC, c.id DESC LIMIT ${FOUND_AT_MOST}`),
      );
      return onRecord(tx, found);
    });
  }
}

async function onRecord(tx: Transaction, found: readonly { readonly id: string }[]) {
  if (found.length === 0) return [];
  const consultations = await readConsultations(
    tx,
    found.map(({ id }) => id),
  );
  await tx.insert(auditEntry(tx, 'consultations.read', null, { count: consultations.length }));
  return consultations;
}
