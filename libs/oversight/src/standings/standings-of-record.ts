import type { Standing } from '#domain';
import { INCIDENT_OF_EARLIER, OF_ANOTHER_INCIDENT, WITH_INCIDENTS } from '#referrals';
import { sql, type Sql, type Transaction } from '#store';

/**
 * How referrals stood at an instant, restricted ones among them, worked out from the record: from what is append-only in it, each row with its own
 * instant. What happened later leaves no trace.
 *
 * @param ids of the referrals; one that was not received by then is left out
 * @param asOf an instant
 */
export function standingsOfRecord(
  tx: Transaction,
  ids: readonly string[],
  asOf: Temporal.Instant,
): Promise<readonly Standing[]> {
  return tx.overAll((all) => all.rows<Standing>(standingsStatement(ids, asOf)));
}

function standingsStatement(ids: readonly string[], asOf: Temporal.Instant): Sql {
  return sql`
    SELECT r.id AS "referralId", r.reference, r.received_at AS "receivedAt", r.channel, r.agency_id AS "agencyId",
      r.source_code AS "sourceCode", r.concern_types AS "concernTypes", child.children,
      (r.submitted->>'thresholdLevel')::int AS "senderLevel",
      (r.submitted->'childsVoice'->>'sought') = 'yes' AS "isVoiceSought",
      rated.suggested, rated.by_rules AS "suggestedBy", rated.first_given AS "firstGiven", rated.rating,
      rated.was_lowered AS "wasLowered",
      coalesce(t.due_at, armed.due_at) AS "dueAt", strictest.due_at AS "strictestDueAt",
      coalesce(t.statutory_due_at, r.statutory_due_at) AS "statutoryDueAt", claim.due_at AS "claimDueAt",
      CASE WHEN r.first_opened_at <= ${asOf} THEN r.first_opened_at END AS "firstOpenedAt",
      CASE WHEN r.first_claimed_at <= ${asOf} THEN r.first_claimed_at END AS "firstClaimedAt",
      rated.first_rated_at AS "firstRatedAt",
      d.id AS "decisionId", d.decided_at AS "decidedAt", d.decided_by AS "decidedBy", d.outcome,
      d.threshold_level AS "thresholdLevel", d.progression, d.late_reason AS "lateReason",
      coalesce(d.sign_off_reasons, '{}') AS "signOffReasons", CASE WHEN d.id IS NOT NULL THEN d.childs_voice IS NOT NULL END AS "hasChildsVoice",
      signed.signed_at AS "signedAt", t.effective_at AS "effectiveAt", t.elapsed_minutes AS "elapsedMinutes",
      t.working_minutes AS "workingMinutes", acts.returned, acts.taken_back AS "takenBack", acts.earlier,
      later.came_back_at AS "cameBackAt", later.came_back_worse_at AS "cameBackWorseAt",
      coalesce(t.policy_version, armed.policy_version) AS "policyVersion",
      coalesce(t.calendar_version, armed.calendar_version) AS "calendarVersion",
      greatest(r.received_at, rated.last_at, armed.armed_at, acts.last_decided_at, acts.last_signed_at,
        acts.last_undone_at, acts.last_reopened_at, later.last_at, CASE WHEN r.first_opened_at <= ${asOf} THEN r.first_opened_at END,
        CASE WHEN r.first_claimed_at <= ${asOf} THEN r.first_claimed_at END) AS "changedAt"
    FROM referral r
    CROSS JOIN LATERAL (
      SELECT (array_agg(x.rating ORDER BY x.at, x.id))[1] AS suggested,
        (array_agg(x.rating ORDER BY x.at DESC, x.id DESC))[1] AS rating,
        (array_agg(x.rating ORDER BY x.at, x.id) FILTER (WHERE x.given_by IS NOT NULL))[1] AS first_given,
        min(x.at) FILTER (WHERE x.given_by IS NOT NULL) AS first_rated_at,
        coalesce(bool_or(array_position('{red,amber,green}', x.rating) > array_position('{red,amber,green}', x.previous)),
          false) AS was_lowered,
        max(x.at) AS last_at,
        (SELECT coalesce(array_agg(rule->>'id'), '{}') FROM jsonb_array_elements(
          (array_agg(x.matched ORDER BY x.at, x.id) FILTER (WHERE x.matched IS NOT NULL))[1]) rule) AS by_rules
      FROM rating x WHERE x.referral_id = r.id AND x.at <= ${asOf}
    ) rated
    CROSS JOIN LATERAL (
      SELECT coalesce(jsonb_agg(jsonb_build_object(
          'age', coalesce(
            extract(year FROM age((r.received_at AT TIME ZONE 'Europe/London')::date, (c.submitted->>'dateOfBirth')::date))::int,
            (c.submitted->>'estimatedAge')::int),
          'isUnborn', c.submitted ? 'expectedDateOfBirth',
          'ethnicity', c.submitted->>'ethnicity',
          'isDisabled', CASE WHEN jsonb_array_length(c.submitted->'disabilities') > 0
            THEN c.submitted->'disabilities' <> '["NONE"]' END) ORDER BY c.position), '[]') AS children
      FROM referral_child c WHERE c.referral_id = r.id
    ) child
    CROSS JOIN LATERAL (
      SELECT d.due_at, d.policy_version, d.calendar_version, d.armed_at FROM deadline d
      WHERE d.referral_id = r.id AND d.kind = 'decision' AND d.armed_at <= ${asOf} ORDER BY d.generation DESC LIMIT 1
    ) armed
    CROSS JOIN LATERAL (
      SELECT min(d.due_at) AS due_at FROM deadline d
      WHERE d.referral_id = r.id AND d.kind = 'decision' AND d.armed_at <= ${asOf}
    ) strictest
    LEFT JOIN LATERAL (
      SELECT d.due_at FROM deadline d
      WHERE d.referral_id = r.id AND d.kind = 'claim' AND d.armed_at <= ${asOf} ORDER BY d.generation LIMIT 1
    ) claim ON true
    LEFT JOIN LATERAL (
      SELECT d.* FROM decision d
      WHERE d.referral_id = r.id AND d.decided_at <= ${asOf}
        AND NOT EXISTS (SELECT 1 FROM undoing u
          WHERE u.decision_id = d.id AND u.sign_off_id IS NULL AND u.undone_at <= ${asOf})
        AND NOT EXISTS (SELECT 1 FROM sign_off s
          WHERE s.decision_id = d.id AND s.result = 'returned' AND s.signed_at <= ${asOf})
        AND NOT EXISTS (SELECT 1 FROM sample_item i JOIN sample_grade g ON g.item_id = i.id
          WHERE i.decision_id = d.id AND i.referral_id = r.id AND g.has_reopened AND g.graded_at <= ${asOf})
      ORDER BY d.decided_at DESC, d.id DESC LIMIT 1
    ) d ON true
    LEFT JOIN LATERAL (
      SELECT t.* FROM response_time t
      WHERE t.referral_id = r.id AND t.decision_id = d.id AND t.effective_at <= ${asOf}
        AND NOT EXISTS (SELECT 1 FROM undoing u
          WHERE u.decision_id = d.id AND u.undone_at BETWEEN t.effective_at AND ${asOf})
      ORDER BY t.effective_at DESC LIMIT 1
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT s.signed_at FROM sign_off s
      WHERE s.decision_id = d.id AND s.result = 'agreed' AND s.signed_at <= ${asOf}
        AND NOT EXISTS (SELECT 1 FROM undoing u WHERE u.sign_off_id = s.id AND u.undone_at <= ${asOf})
      ORDER BY s.signed_at DESC LIMIT 1
    ) signed ON true
    CROSS JOIN LATERAL (
      SELECT (SELECT max(x.decided_at) FROM decision x WHERE x.referral_id = r.id AND x.decided_at <= ${asOf})
          AS last_decided_at,
        (SELECT max(s.signed_at) FROM sign_off s JOIN decision x ON x.id = s.decision_id
          WHERE x.referral_id = r.id AND s.signed_at <= ${asOf}) AS last_signed_at,
        (SELECT count(*)::int FROM sign_off s JOIN decision x ON x.id = s.decision_id
          WHERE x.referral_id = r.id AND s.signed_at <= ${asOf} AND s.result = 'returned') AS returned,
        (SELECT max(u.undone_at) FROM undoing u JOIN decision x ON x.id = u.decision_id
          WHERE x.referral_id = r.id AND u.undone_at <= ${asOf}) AS last_undone_at,
        (SELECT count(*)::int FROM undoing u JOIN decision x ON x.id = u.decision_id
          WHERE x.referral_id = r.id AND u.undone_at <= ${asOf}) AS taken_back,
        (SELECT max(g.graded_at) FROM sample_item i JOIN sample_grade g ON g.item_id = i.id
          WHERE i.referral_id = r.id AND g.has_reopened AND g.graded_at <= ${asOf}) AS last_reopened_at,
        (SELECT count(DISTINCT ${INCIDENT_OF_EARLIER})::int FROM earlier_referral e ${WITH_INCIDENTS}
          WHERE e.referral_id = r.id AND ${OF_ANOTHER_INCIDENT}) AS earlier
    ) acts
    LEFT JOIN LATERAL (
      SELECT min(l.received_at) AS came_back_at,
        min(l.received_at) FILTER (WHERE
          EXISTS (SELECT 1 FROM rating x WHERE x.referral_id = l.id AND x.at <= ${asOf}
            AND array_position('{red,amber,green}', x.rating) < array_position('{red,amber,green}', rated.rating))
          OR EXISTS (SELECT 1 FROM decision x WHERE x.referral_id = l.id AND x.decided_at <= ${asOf}
            AND x.threshold_level = 4)) AS came_back_worse_at,
        greatest(max(l.received_at),
          max((SELECT max(x.at) FROM rating x WHERE x.referral_id = l.id AND x.at <= ${asOf})),
          max((SELECT max(x.decided_at) FROM decision x WHERE x.referral_id = l.id AND x.decided_at <= ${asOf}))) AS last_at
      FROM earlier_referral e JOIN referral l ON l.id = e.referral_id ${WITH_INCIDENTS}
      WHERE e.earlier_id = r.id AND ${OF_ANOTHER_INCIDENT} AND l.received_at BETWEEN t.effective_at AND t.effective_at + interval '90 days'
        AND l.received_at <= ${asOf}
    ) later ON true
    WHERE r.id = ANY(${ids}) AND r.received_at <= ${asOf}`;
}
