import { firstDueAt, minutesOverdue, type Moment, type Rating, type Standing } from '#domain';
import { SUBMITTED_NAME } from '#referrals';
import { sql, type Transaction } from '#store';

/** A referral that is over its limit, as a manager reads it. */
export interface OverdueLine {
  readonly reference: string;
  readonly rating: Rating;
  readonly dueAt: Temporal.Instant;
  /** Whole minutes over the first of its limits: elapsed for a red, working for others. */
  readonly minutesOverdue: number;
  /**
   * The first child's name or description, as submitted, with what is known of the child's age; null for a reader who
   * may not open it, or opens it with a reason.
   */
  readonly child: string | null;
  readonly dateOfBirth: string | null;
  readonly expectedDateOfBirth: string | null;
  readonly estimatedAge: number | null;
  readonly otherChildren: number;
  /** Who holds it now; null when no person does. */
  readonly holder: string | null;
  /** Whether it is decided, and waits for another person to sign it off. */
  readonly waitsForSignOff: boolean;
}

/** So many are named on the page; the queue has them all. */
const NAMED = 8;

const URGENCY: Readonly<Record<Rating, number>> = { red: 0, amber: 1, green: 2 };

/**
 * The overdue referrals that a page lists: reds first, then those that are overdue longest.
 *
 * @param isChildNamed whether the reader may know the child without a reason
 */
export async function nameOverdue(
  tx: Transaction,
  overdue: readonly Standing[],
  moment: Moment,
  isChildNamed: boolean,
): Promise<readonly OverdueLine[]> {
  const first = overdue
    .map((standing) => ({ standing, minutes: minutesOverdue(standing, moment) }))
    .sort((a, b) => URGENCY[a.standing.rating] - URGENCY[b.standing.rating] || b.minutes - a.minutes)
    .slice(0, NAMED);
  const named = await namesOf(
    tx,
    first.map(({ standing }) => standing.referralId),
  );
  return first.map(({ standing, minutes }) => ({
    ...named.get(standing.referralId)!,
    ...(isChildNamed ? {} : { child: null }),
    rating: standing.rating,
    dueAt: firstDueAt(standing),
    minutesOverdue: minutes,
    waitsForSignOff: standing.decisionId !== null,
  }));
}

type Named = Omit<OverdueLine, 'rating' | 'dueAt' | 'minutesOverdue' | 'waitsForSignOff'>;

async function namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, Named>> {
  const found = await tx.rows<Named & { id: string }>(sql`
    SELECT r.id, r.reference, ${SUBMITTED_NAME} AS child, who.submitted->>'dateOfBirth' AS "dateOfBirth",
      who.submitted->>'expectedDateOfBirth' AS "expectedDateOfBirth",
      (who.submitted->>'estimatedAge')::int AS "estimatedAge",
      (SELECT count(*)::int - 1 FROM referral_child WHERE referral_id = r.id) AS "otherChildren", holder.name AS holder
    FROM referral r LEFT JOIN referral_child who ON who.referral_id = r.id AND who.position = 0
    LEFT JOIN staff_member holder ON holder.id = r.claimed_by
    WHERE r.id = ANY(${ids})`);
  return new Map(found.map(({ id, ...named }) => [id, named]));
}
