import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { normaliseNhsNumber, normaliseUpn, parseReferralReference, withoutOrnament, type Rating } from '#domain';
import { Database, type ReferralStatus, sql, type Sql, type Transaction } from '#store';
import { RATING_CONFIRMED } from './rating-confirmed.ts';
import { SUBMITTED_NAME } from './submitted-name.ts';
import { hasWordsNear, nearWords, type NearWords } from './words-of-names.ts';

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
  readonly isRatingConfirmed: boolean;
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

/** To compare a name with so many takes some tens of milliseconds; with more, those with near words come first. */
const COMPARED_WITH_ALL = 50_000;
/** As alike as a name with a letter or two wrong. Where none is, every name is compared. */
const CONVINCING = 0.6;

/** A name as it is sought. */
interface SoughtName {
  /** Folded. */
  readonly name: string;
  readonly sounds: readonly string[];
  /** Null for one without letters. */
  readonly nameKey: string | null;
  /** How many names there are, as far as PostgreSQL knows. */
  readonly among: number;
}

/** A referral with the person of it who fits best. */
interface Fit extends FoundReferral {
  /** How alike the names are, 0 to 1. */
  readonly score: number;
}

/** Finds referrals by whom they are about. On the record: which fields were searched by and how many were found, never what for. */
@Injectable()
export class SearchReferrals {
  constructor(private readonly database: Database) {}

  async execute(criteria: SearchCriteria, by: StaffActor): Promise<SearchResult> {
    const sought = asStored(criteria);
    return this.database.as(by).transaction(async (tx) => {
      const rows = (await findFits(tx, { sought, by })).map(({ score: _, ...found }) => found);
      const fields = Object.entries(criteria).flatMap(([field, value]) => (value === '' ? [] : [field]));
      await tx.insert(auditEntry(tx, 'search.made', null, { fields, found: rows.length }));
      return { found: rows.slice(0, FOUND_AT_MOST), isCapped: rows.length > FOUND_AT_MOST, now: tx.now };
    });
  }
}

type Sought = Readonly<Record<keyof SearchCriteria, string | null>>;

/** What is sought, and who asks. */
interface Search {
  readonly sought: Sought;
  readonly by: StaffActor;
}

/** The best fits, one more than are shown. What fits is the same whichever way it is looked for. */
async function findFits(tx: Transaction, search: Search): Promise<readonly Fit[]> {
  const { sought } = search;
  if (sought.name === null) return fitting(tx, search, null, null);
  const name = (await tx.row<SoughtName>(sql`
    SELECT folded AS name, mash.sounds(folded) AS sounds, mash.name_key(folded) AS "nameKey",
      (SELECT reltuples::int FROM pg_class WHERE oid = 'person_name'::regclass) AS among
    FROM mash.fold(${sought.name}) folded`))!;
  // A number, a date or a postcode leaves few to compare with.
  const isByNameAlone = Object.entries(sought).every(
    ([field, value]) => value === null || /^(name|agency)$/.test(field),
  );
  if (isByNameAlone && name.among > COMPARED_WITH_ALL) {
    const near = await tx.overAll((all) => nearWords(all, name.name));
    // One word that no stored word is like is a name written together, more often than not.
    const isWord = near.length > 1 || near.some(({ likeness }) => likeness >= CONVINCING);
    const fits = isWord ? await fitting(tx, search, name, near) : [];
    if (fits.length > FOUND_AT_MOST || fits.some(({ score }) => score >= CONVINCING)) return fits;
  }
  return fitting(tx, search, name, null);
}

/** @param near looks only at names that have words near; null looks at all */
async function fitting(
  tx: Transaction,
  { sought, by }: Search,
  name: SoughtName | null,
  near: readonly NearWords[] | null,
): Promise<readonly Fit[]> {
  const looked =
    name === null || near === null
      ? sql`person_name`
      : // OFFSET 0: the near words decide which names are read, and then each is compared.
        sql`(SELECT * FROM person_name p WHERE ${hasWordsNear(near)} OR p.name_key = ${name.nameKey} OFFSET 0)`;
  // Not behind the wall of the database, which looks at each name before an index of names could be asked: what is hidden
  // from the person is left out here, and of what is found only what the wall lets through is read.
  const found = await tx.overAll((all) =>
    all.rows<Place>(sql`
    WITH fits AS (
      SELECT DISTINCT ON (p.referral_id) p.referral_id, p.kind, p.position,
        ${name === null ? sql`0::real` : likeness(name)} AS score
      FROM ${looked} p
      WHERE p.referral_id NOT IN (SELECT mash.hidden_from(${by.id}))
        AND ${name === null ? EVERY : isLike(name)}
        AND ${sought.dateOfBirth === null ? EVERY : sql`p.date_of_birth = ${sought.dateOfBirth}`}
        AND ${sought.postcode === null ? EVERY : sql`p.postcode = ${sought.postcode}`}
        AND ${
          sought.nhsNumber === null
            ? EVERY
            : sql`p.kind = 'child' AND (p.referral_id, p.position) IN (
          SELECT referral_id, position FROM referral_child WHERE nhs_number = ${sought.nhsNumber})`
        }
        AND ${
          sought.upn === null
            ? EVERY
            : sql`p.kind = 'child' AND (p.referral_id, p.position) IN (
          SELECT referral_id, position FROM referral_child WHERE upn = ${sought.upn})`
        }
        AND ${
          sought.reference === null
            ? EVERY
            : sql`p.referral_id IN (
          SELECT id FROM referral WHERE reference = ${sought.reference})`
        }
        AND ${
          sought.agency === null
            ? EVERY
            : sql`p.referral_id IN (
          SELECT id FROM referral WHERE agency_id = ${sought.agency})`
        }
      ORDER BY p.referral_id, score DESC, p.kind DESC, p.position),
    -- Of all that fit, only those that may be shown are joined with anything.
    best AS (SELECT * FROM fits ORDER BY score DESC FETCH FIRST ${FOUND_AT_MOST + 1} ROWS WITH TIES)
    SELECT best.referral_id AS "referralId", best.kind, best.position, best.score
    FROM best JOIN referral r ON r.id = best.referral_id
    ORDER BY best.score DESC, r.received_at DESC, r.id LIMIT ${FOUND_AT_MOST + 1}`),
  );
  return readFits(tx, found);
}

/** Where a person stands who fits, and how well. */
interface Place {
  readonly referralId: string;
  readonly kind: 'child' | 'adult';
  readonly position: number;
  readonly score: number;
}

function readFits(tx: Transaction, places: readonly Place[]): Promise<readonly Fit[]> {
  return tx.rows<Fit>(sql`
    SELECT r.reference, r.status, r.rating, ${RATING_CONFIRMED} AS "isRatingConfirmed", agency.name AS agency, r.received_at AS "receivedAt", shown.kind,
      ${SUBMITTED_NAME} AS person, who.submitted->>'dateOfBirth' AS "dateOfBirth", shown.score
    FROM unnest(${places.map(({ referralId }) => referralId)}::uuid[], ${places.map(({ kind }) => kind)}::text[],
      ${places.map(({ position }) => position)}::smallint[], ${places.map(({ score }) => score)}::real[])
      AS shown (referral_id, kind, position, score)
    JOIN referral r ON r.id = shown.referral_id JOIN agency ON agency.id = r.agency_id
    JOIN LATERAL (
      SELECT submitted FROM referral_child
      WHERE shown.kind = 'child' AND referral_id = r.id AND position = shown.position
      UNION ALL
      SELECT submitted FROM referral_adult
      WHERE shown.kind = 'adult' AND referral_id = r.id AND position = shown.position
    ) who ON true
    ORDER BY shown.score DESC, r.received_at DESC, r.id`);
}

const EVERY = sql`TRUE`;

/** By spelling, by sound, or letter by letter with the words in another order or none. */
function isLike({ name, sounds, nameKey }: SoughtName): Sql {
  return sql`(p.name % ${name} OR ${name} <% p.name OR p.name_key = ${nameKey}
    OR (${sounds}::text[] <> '{}' AND p.sounds @> ${sounds}::text[]))`;
}

function likeness({ name, nameKey }: SoughtName): Sql {
  return sql`CASE WHEN p.name_key = ${nameKey} THEN 1
    ELSE greatest(similarity(p.name, ${name}), word_similarity(${name}, p.name)) END`;
}

/** The criteria in the form in which the database has them; null where nothing is known. */
function asStored(criteria: SearchCriteria): Sought {
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
