import { sql, type Transaction } from '#store';

/** A figure of a month and group, worked out by SQL alone. */
export interface RecomputedLine {
  readonly measure: string;
  /** The first day of the month. */
  readonly month: string;
  /** By what it is broken down; `all` for the figure of all alone. */
  readonly brokenBy: string;
  readonly group: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly notYetDue: number;
}

/** Median and p90 in elapsed minutes, worked out by SQL alone. */
export interface RecomputedSpread {
  readonly month: string;
  readonly brokenBy: string;
  readonly group: string;
  readonly median: number | null;
  readonly p90: number | null;
}

/** What is worked out a second time: the referrals received from `from` on, as of the transaction's instant. */
interface Reckoned {
  /** The beginning of the first month. */
  readonly from: Temporal.Instant;
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
}

/** The breakdowns that are worked out a second time. */
export const RECKONED_BY = ['all', 'rating', 'channel', 'agency', 'concern'];

/** The groups that a row of `base` belongs to. */
const GROUPS = sql`(
  VALUES ('all', 'all'), ('rating', base.rating), ('channel', base.channel), ('agency', base.agency_id::text)
  UNION ALL SELECT 'concern', concern FROM unnest(base.concern_types) concern) g (broken_by, code)`;

/**
 * Figures that pages show, by another way than they were made: from the state in which the acts left each referral, and
 * from the response time that was measured when its decision took effect. The figures themselves are made of ratings,
 * decisions and agreements one by one, and know neither.
 */
export function linesByAnotherWay(
  tx: Transaction,
  { from, asOf, timeZone }: Reckoned,
): Promise<readonly RecomputedLine[]> {
  return tx.rows<RecomputedLine>(sql`
    WITH base AS (
      SELECT date_trunc('month', r.received_at AT TIME ZONE ${timeZone})::date AS month,
        r.rating, r.channel, r.agency_id, r.concern_types, t.id IS NOT NULL AS decided, t.on_time,
        t.within_statutory_limit, r.decision_due_at <= ${asOf} AS due, r.statutory_due_at <= ${asOf} AS due_by_law,
        r.first_claimed_at <= claim.due_at AS taken_in_time,
        claim.due_at IS NOT NULL AND (r.first_claimed_at IS NOT NULL OR claim.due_at <= ${asOf}) AS taken_or_due,
        claim.due_at IS NOT NULL AND r.first_claimed_at IS NULL AND claim.due_at > ${asOf} AS not_yet_taken,
        d.id IS NOT NULL AS decides, d.outcome, d.sign_off_reasons <> '{}' AS needs_sign_off, d.progression,
        d.threshold_level, d.childs_voice IS NOT NULL AS has_voice, d.late_reason IS NULL AS no_reason,
        t.id IS NOT NULL AND d.decided_at > least(t.due_at, t.statutory_due_at) AS decided_late,
        EXISTS (SELECT 1 FROM decision x JOIN sign_off s ON s.decision_id = x.id
          WHERE x.referral_id = r.id AND s.result = 'returned') AS was_returned,
        EXISTS (SELECT 1 FROM decision x JOIN undoing u ON u.decision_id = x.id WHERE x.referral_id = r.id)
          AS was_taken_back,
        (r.submitted->>'thresholdLevel')::int AS sender_level,
        EXISTS (SELECT 1 FROM referral_child c WHERE c.referral_id = r.id AND NOT c.submitted ? 'expectedDateOfBirth')
          AS has_born_child,
        (SELECT count(*) FROM (
          SELECT coalesce(i.incident_id, e.earlier_id) FROM earlier_referral e
          LEFT JOIN referral_incident i ON i.referral_id = e.earlier_id WHERE e.referral_id = r.id
          EXCEPT SELECT incident_id FROM referral_incident WHERE referral_id = r.id) incidents) AS earlier,
        array_position('{red,amber,green}', first.suggested) AS suggested,
        array_position('{red,amber,green}', first.given) AS given
      FROM referral r
      LEFT JOIN response_time t ON t.id = r.response_time_id
      LEFT JOIN LATERAL (
        SELECT d.* FROM decision d WHERE d.referral_id = r.id AND r.status <> 'awaiting_decision'
        ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) d ON true
      LEFT JOIN LATERAL (
        SELECT c.due_at FROM deadline c WHERE c.referral_id = r.id AND c.kind = 'claim'
        ORDER BY c.generation LIMIT 1) claim ON true
      CROSS JOIN LATERAL (
        SELECT (SELECT x.rating FROM rating x WHERE x.referral_id = r.id ORDER BY x.at, x.id LIMIT 1) AS suggested,
          (SELECT x.rating FROM rating x WHERE x.referral_id = r.id AND x.reason IS NOT NULL ORDER BY x.at, x.id LIMIT 1)
            AS given) first
      WHERE r.received_at >= ${from} AND r.received_at <= ${asOf})
    SELECT measure, month, broken_by AS "brokenBy", code AS "group", count(*) FILTER (WHERE met)::int AS numerator,
      count(*) FILTER (WHERE counts)::int AS denominator, count(*) FILTER (WHERE not_yet)::int AS "notYetDue"
    FROM base
    CROSS JOIN LATERAL (VALUES
      ('received', true, true, false),
      ('decided-in-target', on_time, decided OR due, NOT decided AND NOT due),
      ('decided-in-one-working-day', within_statutory_limit, decided OR due_by_law, NOT decided AND NOT due_by_law),
      ('red-claimed-in-time', taken_in_time, taken_or_due, not_yet_taken),
      ('no-further-action-of-contacts', outcome = 'no_further_action', decided, false),
      ('progressed-to-referral', progression <> 'contact_only', decided AND progression IS NOT NULL, false),
      ('no-further-action-of-referrals', progression = 'referral_no_further_action',
        decided AND progression <> 'contact_only', false),
      ('late-without-reason', no_reason, decided_late, false),
      ('threshold-agreement', sender_level = threshold_level, decided AND sender_level IS NOT NULL, false),
      ('childs-voice', has_voice, decided AND has_born_child, false),
      ('sign-off', needs_sign_off, decides, false),
      ('returned-at-sign-off', was_returned, needs_sign_off IS TRUE OR was_returned, false),
      ('taken-back', was_taken_back, decides OR was_taken_back OR was_returned, false),
      ('overrides', given <> suggested, given IS NOT NULL, false),
      ('overrides-raised', given < suggested, given IS NOT NULL, false),
      ('overrides-lowered', given > suggested, given IS NOT NULL, false),
      ('repeat-contacts', earlier >= 2, true, false)
    ) m (measure, is_met, counts, not_yet)
    CROSS JOIN LATERAL (SELECT m.is_met AND m.counts AS met) of_those
    CROSS JOIN LATERAL ${GROUPS}
    WHERE counts OR not_yet
    GROUP BY measure, month, broken_by, code`);
}

/** Median and p90 of the time to decision, by Kaplan and Meier's estimate in SQL; the rest as {@link linesByAnotherWay}. */
export function spreadsByAnotherWay(
  tx: Transaction,
  { from, asOf, timeZone }: Reckoned,
): Promise<readonly RecomputedSpread[]> {
  return tx.rows<RecomputedSpread>(sql`
    WITH base AS (
      SELECT date_trunc('month', r.received_at AT TIME ZONE ${timeZone})::date AS month,
        r.rating, r.channel, r.agency_id, r.concern_types,
        coalesce(t.elapsed_minutes, floor(extract(epoch FROM ${asOf}::timestamptz - r.received_at) / 60)::int) AS minutes,
        (t.id IS NOT NULL)::int AS ended
      FROM referral r LEFT JOIN response_time t ON t.id = r.response_time_id
      WHERE r.received_at >= ${from} AND r.received_at <= ${asOf}),
    at_minute AS (
      SELECT month, broken_by, code, minutes, sum(ended) AS ended,
        sum(count(*)) OVER (PARTITION BY month, broken_by, code ORDER BY minutes DESC) AS waiting
      FROM base CROSS JOIN LATERAL ${GROUPS} GROUP BY month, broken_by, code, minutes),
    survival AS (
      SELECT month, broken_by, code, minutes, ended,
        1 - exp(greatest(-100, sum(CASE WHEN ended = waiting THEN -100 ELSE ln(1 - (ended / waiting)::float8) END)
          OVER (PARTITION BY month, broken_by, code ORDER BY minutes))) AS share
      FROM at_minute)
    SELECT month, broken_by AS "brokenBy", code AS "group",
      min(minutes) FILTER (WHERE ended > 0 AND share >= 0.5 - 1e-9) AS median,
      min(minutes) FILTER (WHERE ended > 0 AND share >= 0.9 - 1e-9) AS p90
    FROM survival GROUP BY month, broken_by, code`);
}
