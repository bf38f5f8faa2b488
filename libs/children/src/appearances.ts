import type { MatchBand, MatchReason, Outcome, Rating, SubmittedChild } from '#domain';
import { ITS_PEOPLE, RATING_CONFIRMED } from '#referrals';
import { sql, type Referral, type Transaction } from '#store';
import { keyOf, type ChildPlace } from './child-place.ts';

/** A child as one referral has it, and how that referral stands. */
export interface Appearance extends ChildPlace {
  readonly reference: string;
  readonly submitted: SubmittedChild;
  readonly agency: string;
  readonly receivedAt: Temporal.Instant;
  readonly status: Referral['status'];
  readonly rating: Rating;
  readonly isRatingConfirmed: boolean;
  /** Of the decision that is in effect or waits for sign-off; null when there is none. */
  readonly outcome: Outcome | null;
  readonly decidedAt: Temporal.Instant | null;
  readonly holder: string | null;
}

/** A child of another referral who may be this one. */
export interface Candidate extends Appearance {
  readonly band: MatchBand;
  readonly reasons: readonly MatchReason[];
}

/** The children at these places, by their keys. */
export async function readAppearances(
  tx: Transaction,
  places: readonly ChildPlace[],
): Promise<ReadonlyMap<string, Appearance>> {
  const ids = places.map(({ referralId }) => referralId);
  const positions = places.map(({ position }) => position);
  const rows = await tx.rows<Appearance>(sql`
    SELECT DISTINCT c.referral_id AS "referralId", c.position, r.reference, c.submitted, agency.name AS agency,
      r.received_at AS "receivedAt", r.status, r.rating, ${RATING_CONFIRMED} AS "isRatingConfirmed", decided.outcome,
      decided.decided_at AS "decidedAt", holder.name AS holder
    FROM unnest(${ids}::uuid[], ${positions}::smallint[]) AS given (id, position)
    JOIN referral_child c ON c.referral_id = given.id AND c.position = given.position
    JOIN referral r ON r.id = c.referral_id JOIN agency ON agency.id = r.agency_id
    ${ITS_PEOPLE}`);
  return new Map(rows.map((row) => [keyOf(row), row]));
}
