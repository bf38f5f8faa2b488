import { Refused } from '#platform';
import { sql, type Transaction } from '#store';

/** A child of one referral: its place among the children there. */
export interface ChildPlace {
  readonly referralId: string;
  /** From 0. */
  readonly position: number;
}

/** The same as a person has it on a page. */
export interface ChildOfReferral {
  readonly reference: string;
  /** From 0. */
  readonly position: number;
}

/**
 * A child as submitted, with its numbers as they are stored: normalised, and left out where they belong to no person. In
 * SQL the child is called `c`.
 */
export const CHILD_AS_STORED = sql`(c.submitted - 'nhsNumber' - 'upn'
  || jsonb_strip_nulls(jsonb_build_object('nhsNumber', c.nhs_number, 'upn', c.upn)))`;

/** The date of receipt of the referral `r`. An age is in years: a day more or less does not matter. */
export const RECEIVED_ON = sql`(r.received_at AT TIME ZONE 'UTC')::date::text`;

/** A place as one text, the same for equal places. */
export const keyOf = ({ referralId, position }: ChildPlace) => `${referralId}/${position}`;

/** @throws Refused `not-found` */
export async function placeOf(tx: Transaction, { reference, position }: ChildOfReferral): Promise<ChildPlace> {
  const found = await tx.row<ChildPlace>(sql`
    SELECT c.referral_id AS "referralId", c.position FROM referral r JOIN referral_child c ON c.referral_id = r.id
    WHERE r.reference = ${reference} AND c.position = ${position}`);
  if (found === null) throw new Refused('not-found');
  return found;
}

/** For each of some places, by its key, all places of the known child that it belongs to; the place alone when no person joined it. */
export type KnownChildren = ReadonlyMap<string, readonly ChildPlace[]>;

/** The known children of these places: what persons have said to be one, directly or by way of others. */
export async function knownChildren(tx: Transaction, places: readonly ChildPlace[]): Promise<KnownChildren> {
  const rows = await tx.rows<ChildPlace & { readonly seedId: string; readonly seedPosition: number }>(sql`
    WITH RECURSIVE known (seed_id, seed_position, referral_id, position) AS (
      SELECT given.id, given.position, given.id, given.position
      FROM unnest(${places.map(({ referralId }) => referralId)}::uuid[],
        ${places.map(({ position }) => position)}::smallint[]) AS given (id, position)
      UNION
      SELECT known.seed_id, known.seed_position, joined.id, joined.position
      FROM known CROSS JOIN LATERAL (
        SELECT j.other_id AS id, j.other_position AS position FROM child_judgement j
        WHERE j.one_id = known.referral_id AND j.one_position = known.position AND j.is_same AND j.ended_at IS NULL
        UNION ALL
        SELECT j.one_id, j.one_position FROM child_judgement j
        WHERE j.other_id = known.referral_id AND j.other_position = known.position AND j.is_same AND j.ended_at IS NULL
      ) joined)
    SELECT seed_id AS "seedId", seed_position AS "seedPosition", referral_id AS "referralId", position FROM known`);
  const known = new Map<string, ChildPlace[]>();
  for (const { seedId, seedPosition, referralId, position } of rows) {
    const key = keyOf({ referralId: seedId, position: seedPosition });
    known.set(key, [...(known.get(key) ?? []), { referralId, position }]);
  }
  return known;
}

/** The places that persons have said to be another child than one of these. */
export async function keptApartFrom(tx: Transaction, places: readonly ChildPlace[]): Promise<readonly ChildPlace[]> {
  const ids = places.map(({ referralId }) => referralId);
  const positions = places.map(({ position }) => position);
  return tx.rows<ChildPlace>(sql`
    WITH given (id, position) AS (SELECT * FROM unnest(${ids}::uuid[], ${positions}::smallint[]))
    SELECT j.other_id AS "referralId", j.other_position AS position FROM child_judgement j
    JOIN given ON j.one_id = given.id AND j.one_position = given.position WHERE NOT j.is_same AND j.ended_at IS NULL
    UNION
    SELECT j.one_id, j.one_position FROM child_judgement j
    JOIN given ON j.other_id = given.id AND j.other_position = given.position WHERE NOT j.is_same AND j.ended_at IS NULL`);
}
