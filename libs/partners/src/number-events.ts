import { randomUUIDv7 } from 'node:crypto';
import type { EventType } from '#domain';
import { AgencyEvent, rowsOf, sql, type Transaction } from '#store';

/** How long events are kept, from when they happened. */
export const KEPT: Temporal.DurationLike = { hours: 90 * 24 };
/** Events that are numbered at once: an agency that asks for the first time may have thousands. */
const MOST = 1_000;

interface Happened {
  readonly type: EventType;
  readonly referralId: string;
  readonly subjectId: string;
  readonly occurredAt: Temporal.Instant;
}

/**
 * Numbers what has happened that an agency may know and that has no number yet. The agency's lock is held until the
 * transaction ends, so that numbers appear in their order: a transaction that commits later than another one has a
 * later number, whenever it began, and no event comes up behind a cursor that a reader has passed. What a decision may
 * still take back has not happened for an agency.
 *
 * @returns whether there may be more to number
 */
export async function numberEvents(tx: Transaction, agencyId: string): Promise<boolean> {
  await tx.lock('numberingEvents', agencyId);
  const happened = await tx.rows<Happened>(happenedTo(agencyId, tx.now));
  const { last } = (await tx.row<{ last: number }>(sql`
    SELECT coalesce(max(position), 0)::int AS last FROM agency_event WHERE agency_id = ${agencyId}`))!;
  await tx.insert(
    rowsOf(
      AgencyEvent,
      ...happened.map((one, index) => ({ agencyId, id: randomUUIDv7(), position: last + 1 + index, ...one })),
    ),
  );
  // The last number is kept, so that it is not given again.
  await tx.run(sql`
    DELETE FROM agency_event WHERE agency_id = ${agencyId} AND occurred_at <= ${tx.now.subtract(KEPT)}
      AND position < (SELECT max(position) FROM agency_event WHERE agency_id = ${agencyId})`);
  return happened.length === MOST;
}

function happenedTo(agencyId: string, now: Temporal.Instant) {
  const since = now.subtract(KEPT);
  return sql`
    WITH own AS MATERIALIZED (
      SELECT id, received_at, first_opened_at, last_changed_at, response_time_id,
        status = 'decided' AND coalesce(undoable_until <= ${now}, true) AS is_decided, undoable_until
      FROM referral
      WHERE agency_id = ${agencyId} AND (last_changed_at > ${since} OR first_opened_at > ${since}))
    SELECT e.type, e.referral_id AS "referralId", e.subject_id AS "subjectId", e.occurred_at AS "occurredAt"
    FROM (
      SELECT 'referral.received' AS type, id AS referral_id, id AS subject_id, received_at AS occurred_at FROM own
      UNION ALL SELECT 'referral.in_triage', id, id, first_opened_at FROM own WHERE first_opened_at IS NOT NULL
      UNION ALL SELECT 'referral.decided', own.id, t.id, greatest(t.effective_at, own.undoable_until)
      FROM own JOIN response_time t ON t.id = own.response_time_id WHERE own.is_decided
      -- The agency was told of a decision that is in effect no more.
      UNION ALL SELECT 'referral.reopened', own.id, told.subject_id, own.last_changed_at
      FROM own JOIN agency_event told ON told.referral_id = own.id AND told.type = 'referral.decided'
      WHERE told.subject_id IS DISTINCT FROM own.response_time_id
      UNION ALL SELECT 'feedback.available', own.id, f.id, greatest(f.owed_at, own.undoable_until,
        (SELECT max(at) FROM feedback_act WHERE feedback_id = f.id AND kind = 'leave_given'))
      FROM own JOIN response_time t ON t.id = own.response_time_id
      JOIN feedback f ON f.decision_id = t.decision_id AND f.state IN ('owed', 'told') WHERE own.is_decided
      UNION ALL SELECT 'information.requested', referral_id, id, asked_at FROM information_request
      WHERE agency_id = ${agencyId} AND asked_at > ${since}
      UNION ALL SELECT 'information.withdrawn', referral_id, id, withdrawn_at FROM information_request
      WHERE agency_id = ${agencyId} AND withdrawn_at > ${since}
    ) e
    WHERE e.occurred_at > ${since} AND NOT EXISTS (SELECT 1 FROM agency_event numbered
      WHERE numbered.agency_id = ${agencyId} AND numbered.type = e.type AND numbered.subject_id = e.subject_id)
    ORDER BY e.occurred_at, array_position(ARRAY['referral.received', 'referral.in_triage', 'referral.reopened',
      'referral.decided', 'feedback.available'], e.type), e.subject_id LIMIT ${MOST}`;
}
