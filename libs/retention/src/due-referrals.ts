import { bornBy, keptUntil, type BirthAsSaid, type Outcome, type RetentionSchedule } from '#domain';
import { sql, type Sql, type Transaction } from '#store';
import type { DueRecord } from './due-record.ts';
import type { LocalDay } from './local-day.ts';

interface Row {
  readonly referralId: string;
  readonly reference: string;
  readonly outcomes: readonly Outcome[];
  /** Local dates. */
  readonly receivedOn: string;
  readonly lastContactOn: string;
  readonly children: readonly BirthAsSaid[];
  readonly contacts: number;
}

/**
 * The ids of `r` and of every referral that it is linked with: of the same child at any time, by a link that was made at receipt, or
 * as a report of the same incident. What is known of a child elsewhere keeps what is known here.
 */
const LINKED = sql`(
  SELECT referral_id AS id FROM mash.referrals_of_children(r.id)
  UNION SELECT r.id
  UNION SELECT earlier_id FROM earlier_referral WHERE referral_id = r.id
  UNION SELECT referral_id FROM earlier_referral WHERE earlier_id = r.id
  UNION SELECT other_id FROM same_incident WHERE one_id = r.id AND ended_at IS NULL
  UNION SELECT one_id FROM same_incident WHERE other_id = r.id AND ended_at IS NULL)`;

/** Nothing is to be done about a referral `r`, and nothing else leads to it. */
const IS_AT_REST = sql`r.status = 'decided' AND r.response_time_id IS NOT NULL
  AND NOT EXISTS (SELECT FROM deadline WHERE state = 'open'
    AND (referral_id = r.id OR subject = r.reference OR starts_with(subject, r.reference || ' ')))
  AND NOT EXISTS (SELECT FROM restricted_referral c JOIN restriction x ON x.id = c.restriction_id
    WHERE c.referral_id = r.id AND x.ended_at IS NULL)
  AND NOT EXISTS (SELECT FROM decision d JOIN decision follower ON follower.decided_with = d.id WHERE d.referral_id = r.id)
  AND NOT EXISTS (SELECT FROM referral_incident WHERE incident_id = r.id AND referral_id <> r.id)`;

/** What is on the record of a referral and is no contact: looking at it, what was refused, and its retention. */
const NO_CONTACT = ['%.read', '%.printed', '%.refused', '%.opened-for-audit', 'retention.%'];

const IS_HELD = sql`EXISTS (SELECT FROM retention_hold WHERE ended_at IS NULL AND (referral_id IS NULL OR referral_id = r.id))`;

/**
 * The decided referrals whose period is over, the first one first.
 *
 * @param which a condition on the referral `r`
 */
export async function dueReferrals(
  tx: Transaction,
  schedule: Pick<RetentionSchedule, 'rules'>,
  { today, timeZone }: LocalDay,
  which: Sql,
): Promise<readonly DueRecord[]> {
  const shortest = Math.min(...schedule.rules.map(({ years }) => years));
  const before = today.subtract({ years: shortest }).toZonedDateTime(timeZone).toInstant();
  const rows = await tx.rows<Row>(sql`
    SELECT r.id AS "referralId", r.reference,
      (SELECT jsonb_agg(outcome) FROM (
        SELECT d.outcome UNION SELECT k.outcome FROM decision_child k WHERE k.decision_id = d.id AND k.outcome IS NOT NULL) said) AS outcomes,
      (r.received_at AT TIME ZONE ${timeZone})::date::text AS "receivedOn",
      (greatest(linked.changed, acts.latest) AT TIME ZONE ${timeZone})::date::text AS "lastContactOn",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('dateOfBirth', submitted->>'dateOfBirth',
         'estimatedAge', (submitted->>'estimatedAge')::int)), '[]') FROM referral_child WHERE referral_id = r.id) AS children,
      (SELECT coalesce(max(n), 1)::int FROM (
        SELECT count(DISTINCT referral_id) AS n FROM mash.referrals_of_children(r.id) GROUP BY child) of_child) AS contacts
    FROM referral r JOIN response_time t ON t.id = r.response_time_id JOIN decision d ON d.id = t.decision_id
    CROSS JOIN LATERAL (
      SELECT array_agg(o.id) AS ids, max(o.last_changed_at) AS changed, bool_and(o.status = 'decided') AS "areDecided"
      FROM ${LINKED} l JOIN referral o ON o.id = l.id) linked
    CROSS JOIN LATERAL (
      SELECT max(last.at) AS latest FROM unnest(linked.ids) o (id) CROSS JOIN LATERAL (
        SELECT e.at FROM audit_entry e WHERE e.referral_id = o.id AND NOT e.act LIKE ANY (${NO_CONTACT})
        ORDER BY e.at DESC LIMIT 1) last) acts
    WHERE r.last_changed_at < ${before} AND ${IS_AT_REST} AND linked."areDecided" AND NOT ${IS_HELD} AND ${which}
    ORDER BY r.received_at, r.id`);
  return rows
    .map(({ referralId, reference, ...row }) => ({
      record: { referralId, reference, consultationId: null, givenOn: null },
      ...keptUntil(schedule, factsOf(row)),
    }))
    .filter(({ until }) => Temporal.PlainDate.compare(until, today) < 0);
}

/** Whether a hold lies on a referral, or on every record. */
export async function isReferralHeld(tx: Transaction, referralId: string): Promise<boolean> {
  return (await tx.row(sql`SELECT 1 FROM referral r WHERE r.id = ${referralId} AND ${IS_HELD}`)) !== null;
}

function factsOf({ outcomes, receivedOn, lastContactOn, children, contacts }: Omit<Row, 'referralId' | 'reference'>) {
  const received = Temporal.PlainDate.from(receivedOn);
  const births = children.map((child) => bornBy(child, received));
  const youngestBornBy = births.reduce(
    (one, other) => (Temporal.PlainDate.compare(one, other) >= 0 ? one : other),
    births[0] ?? bornBy({}, received),
  );
  const lastContact = Temporal.PlainDate.from(lastContactOn);
  return { outcomes, receivedOn: received, lastContactOn: lastContact, youngestBornBy, contacts };
}
