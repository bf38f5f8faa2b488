import { bornBy, keptUntil, type BirthAsSaid, type Kept, type Outcome, type RetentionSchedule } from '#domain';
import { sql, type Sql, type Transaction } from '#store';

/** A decided referral, on which nothing is open and no hold lies, with its period. */
export interface DueRecord extends Kept {
  readonly referralId: string;
  readonly reference: string;
}

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
 * The records whose period is over, the first one first.
 *
 * @param today a local date
 * @param which a condition on the referral `r`
 */
export async function dueRecords(
  tx: Transaction,
  schedule: RetentionSchedule,
  { today, timeZone }: { readonly today: Temporal.PlainDate; readonly timeZone: string },
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
      SELECT max(e.at) AS latest FROM audit_entry e
      WHERE e.referral_id = ANY(linked.ids) AND NOT e.act LIKE ANY (${NO_CONTACT})) acts
    WHERE r.last_changed_at < ${before} AND ${IS_AT_REST} AND linked."areDecided" AND NOT ${IS_HELD} AND ${which}
    ORDER BY r.received_at, r.id`);
  return rows
    .map(({ referralId, reference, ...row }) => ({ referralId, reference, ...keptUntil(schedule, factsOf(row)) }))
    .filter(({ until }) => Temporal.PlainDate.compare(until, today) < 0);
}

/** Whether a record that was proposed is due by the rule by which it was, and is looked at as that says. */
export function isAsApproved(
  due: DueRecord | null,
  { rule, looksFirst }: { readonly rule: string; readonly looksFirst: boolean },
): boolean {
  return due !== null && due.rule.name === rule && (looksFirst || !due.rule.looksFirst);
}

/** Whether a hold lies on a referral, or on every record. */
export async function isHeld(tx: Transaction, referralId: string): Promise<boolean> {
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
