import { isHiddenFrom } from '#access';
import type { Outcome, Rating } from '#domain';
import { isJobWaiting } from '#jobs';
import { OF_ANOTHER_INCIDENT, WITH_INCIDENTS } from './earlier-referrals.ts';
import { RATING_CONFIRMED } from './rating-confirmed.ts';
import { sql, type EarlierReferral, type Referral, type Sql, type Transaction } from '#store';

/** Another referral of one of the same children, and how it stands. */
export interface RelatedReferral {
  readonly reference: string;
  readonly receivedAt: Temporal.Instant;
  readonly matchedOn: EarlierReferral['matchedOn'];
  readonly status: Referral['status'];
  readonly rating: Rating;
  readonly isRatingConfirmed: boolean;
  /** Of the decision that is in effect or waits for sign-off; null when there is none. */
  readonly outcome: Outcome | null;
  /** When that was decided. */
  readonly decidedAt: Temporal.Instant | null;
  readonly holder: string | null;
}

/** Another report of the same incident, as a person said, with what a decision on both names of it. */
export interface ReportOfIncident extends Omit<RelatedReferral, 'matchedOn'> {
  readonly version: number;
  readonly holderId: string | null;
}

/** The other referrals of the same children, as far as they are known. */
export interface RelatedReferrals {
  /** Those that report the same incident, of the same children or of their household: in neither list below. */
  readonly reports: readonly ReportOfIncident[];
  /** The latest first. */
  readonly earlier: readonly RelatedReferral[];
  readonly later: readonly RelatedReferral[];
  /** The job that finds the earlier ones is still to be done: that there are none is not known yet. */
  readonly isLookingForEarlier: boolean;
}

/**
 * The earlier and the later referrals of the same children. Each link is made once, by the later one of the two, and
 * read from both ends.
 */
export async function relatedReferrals(tx: Transaction, referralId: string): Promise<RelatedReferrals> {
  return {
    reports: await tx.rows<ReportOfIncident>(sql`
      SELECT ${ITS_STATE}, r.version, r.claimed_by AS "holderId"
      FROM referral_incident own JOIN referral_incident its USING (incident_id) JOIN referral r ON r.id = its.referral_id
      ${ITS_PEOPLE}
      WHERE own.referral_id = ${referralId} AND its.referral_id <> own.referral_id AND ${isShownTo(tx)}
      ORDER BY r.received_at DESC, r.id`),
    earlier: await tx.rows<RelatedReferral>(sql`
      SELECT ${HOW_IT_STANDS} FROM earlier_referral e JOIN referral r ON r.id = e.earlier_id ${ITS_PEOPLE} ${WITH_INCIDENTS}
      WHERE e.referral_id = ${referralId} AND ${OF_ANOTHER_INCIDENT} ORDER BY r.received_at DESC, r.id`),
    later: await tx.rows<RelatedReferral>(sql`
      SELECT ${HOW_IT_STANDS} FROM earlier_referral e JOIN referral r ON r.id = e.referral_id ${ITS_PEOPLE} ${WITH_INCIDENTS}
      WHERE e.earlier_id = ${referralId} AND ${OF_ANOTHER_INCIDENT} ORDER BY r.received_at DESC, r.id`),
    isLookingForEarlier: await isJobWaiting(tx, 'match-earlier-referrals', { referralId }),
  };
}

/** A report that is hidden from the person who reads is no report for them. The service reads all. */
function isShownTo({ actor }: Transaction): Sql {
  return actor.kind === 'staff' ? sql`NOT ${isHiddenFrom(actor.id)}` : sql`TRUE`;
}

/** How a referral `r` stands. */
const ITS_STATE: Sql = sql`r.reference, r.received_at AS "receivedAt", r.status, r.rating,
  ${RATING_CONFIRMED} AS "isRatingConfirmed", decided.outcome, decided.decided_at AS "decidedAt", holder.name AS holder`;

/** A {@link RelatedReferral}: the link is called `e`, the other referral `r`. */
export const HOW_IT_STANDS: Sql = sql`${ITS_STATE}, e.matched_on AS "matchedOn"`;

/** A decision that was taken back or returned is none any more: then the referral awaits another. */
export const ITS_PEOPLE: Sql = sql`LEFT JOIN staff_member holder ON holder.id = r.claimed_by
  LEFT JOIN LATERAL (
    SELECT d.outcome, d.decided_at FROM decision d
    WHERE d.referral_id = r.id AND r.status <> 'awaiting_decision'
      AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.decision_id = d.id AND u.sign_off_id IS NULL)
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) decided ON true`;
