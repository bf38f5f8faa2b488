import type { Addressee, FollowUp, OversightDeadline, Rating, Rung, ServiceDeadline } from '#domain';
import { Deadline, sql, type Transaction } from '#store';
import type { Versions } from './policies.ts';

/*
 * Which state a deadline or a step may go to next. Every statement that moves one is in this file; rows are made in
 * deadline-rows.ts and service-deadlines.ts, and are never changed anywhere else.
 *
 *   deadline   open → met | superseded      met → open, when a decision is taken back
 *   step       waiting → fired | not_needed      not_needed → waiting, when it is needed again
 *              A step that is already past when it is armed begins, and ends, as passed_over.
 */

/** A deadline that is about a referral, as it was when it ended. */
export interface EndedDeadline extends Versions {
  readonly kind: 'decision' | 'claim';
  readonly generation: number;
}

/**
 * Ends the open deadlines of a referral, and with them the steps that have not fired. The instant of the end is kept,
 * so a breach stays on record.
 *
 * @param kind only deadlines of this kind; all of them without it
 * @returns the deadlines that were open
 */
export async function endDeadlines(
  tx: Transaction,
  referralId: string,
  state: 'met' | 'superseded',
  kind: EndedDeadline['kind'] | null = null,
): Promise<readonly EndedDeadline[]> {
  return tx.rows<EndedDeadline>(sql`
    WITH ended AS (
      UPDATE deadline SET state = ${state}, ended_at = ${tx.now}
      WHERE referral_id = ${referralId} AND state = 'open' AND (${kind}::text IS NULL OR kind = ${kind})
      RETURNING id, kind, generation, policy_version, calendar_version),
    steps AS (
      UPDATE deadline_step SET state = 'not_needed'
      WHERE deadline_id IN (SELECT id FROM ended) AND state = 'waiting')
    SELECT kind, generation, policy_version AS "policyVersion", calendar_version AS "calendarVersion" FROM ended`);
}

/**
 * Ends the open deadline about a subject, of the service, of oversight or of a follow-up: the thing that it asked for
 * has been done (`met`), or it is not asked for any more or by another time (`superseded`). Does nothing when none is
 * open.
 */
export async function endServiceDeadline(
  tx: Transaction,
  kind: ServiceDeadline | OversightDeadline | FollowUp | 'canary',
  subject: string,
  state: 'met' | 'superseded' = 'met',
): Promise<void> {
  await tx.run(sql`
    UPDATE deadline_step SET state = 'not_needed' WHERE state = 'waiting' AND deadline_id = (
      SELECT id FROM deadline WHERE kind = ${kind} AND subject = ${subject} AND state = 'open')`);
  // A step that was firing has fired by now. An act that began before that was committed after it: until then the
  // deadline was open.
  await tx.run(sql`
    UPDATE deadline d SET state = ${state},
      ended_at = greatest(${tx.now}, (SELECT max(fired_at) FROM alert WHERE deadline_id = d.id))
    WHERE kind = ${kind} AND subject = ${subject} AND state = 'open'`);
}

/**
 * Opens follow-ups again that an act had ended, because the act is taken back, with the steps that had not fired.
 *
 * @param endedAt the instant at which that act ended them: none has ended later by another act
 * @returns the ids of the deadlines that are open again
 */
export async function reopenFollowUps(
  tx: Transaction,
  kind: FollowUp,
  subjects: readonly string[],
  endedAt: Temporal.Instant,
): Promise<readonly string[]> {
  const opened = await tx.rows<{ id: string }>(sql`
    WITH opened AS (
      UPDATE deadline d SET state = 'open', ended_at = NULL
      WHERE kind = ${kind} AND subject = ANY(${subjects}) AND state <> 'open' AND ended_at >= ${endedAt}
        AND NOT EXISTS (SELECT 1 FROM deadline later WHERE later.kind = d.kind AND later.subject = d.subject
          AND later.generation > d.generation)
      RETURNING id, paused_until),
    steps AS (
      UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, opened.paused_until, ${tx.now})
      FROM opened WHERE s.deadline_id = opened.id AND s.state = 'not_needed')
    SELECT id FROM opened`);
  return opened.map(({ id }) => id);
}

/** Keeps the waiting steps of a deadline back until an instant: a person has acknowledged its alerts. */
export async function pauseDeadline(tx: Transaction, deadlineId: string, until: Temporal.Instant): Promise<void> {
  await tx.change(Deadline, deadlineId, { pausedUntil: until });
  await tx.run(sql`
    UPDATE deadline_step SET fire_at = greatest(at, ${until})
    WHERE deadline_id = ${deadlineId} AND state = 'waiting'`);
}

/**
 * Makes the steps wait again that were not needed while a person held the referral. A step whose instant has passed
 * fires now; one that an acknowledgement holds back waits until the end of the pause, as the others do.
 */
export async function needUnclaimedSteps(tx: Transaction, referralId: string): Promise<void> {
  await tx.run(sql`
    UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, d.paused_until, ${tx.now})
    FROM deadline d
    WHERE s.deadline_id = d.id AND d.referral_id = ${referralId} AND d.state = 'open'
      AND s.only_if_unclaimed AND s.state IN ('waiting', 'not_needed')`);
}

/**
 * Opens the decision deadline again that a decision had met, with the steps that had not fired.
 *
 * @param metAt the instant at which the decision took effect
 * @returns the ids of the deadlines that are open again
 */
export async function reopenDecisionDeadline(
  tx: Transaction,
  referralId: string,
  metAt: Temporal.Instant,
): Promise<readonly string[]> {
  const opened = await tx.rows<{ id: string }>(sql`
    WITH opened AS (
      UPDATE deadline SET state = 'open', ended_at = NULL
      WHERE referral_id = ${referralId} AND kind = 'decision' AND state = 'met' AND ended_at = ${metAt}
      RETURNING id, paused_until),
    steps AS (
      UPDATE deadline_step s SET state = 'waiting', fire_at = greatest(s.at, opened.paused_until, ${tx.now})
      FROM opened WHERE s.deadline_id = opened.id AND s.state IN ('waiting', 'not_needed'))
    SELECT id FROM opened`);
  return opened.map(({ id }) => id);
}

/** Steps that were due and are alike: they tell the same people in the same way. The lists have one entry a step. */
export interface DueSteps extends Versions {
  readonly kind: Deadline['kind'];
  readonly rating: Rating;
  readonly ownerId: string | null;
  readonly agencyId: string | null;
  readonly tell: readonly Addressee[];
  readonly ladder: readonly Rung[];
  readonly position: number;
  readonly repetition: number;
  /** The instant of a step that repeats; null for the others, whose instants may differ. */
  readonly repeatedAt: Temporal.Instant | null;
  readonly onlyIfUnclaimed: boolean;
  /** Whether they fire; steps whose condition does not hold are not needed. */
  readonly fired: boolean;
  readonly ids: readonly string[];
  readonly deadlineIds: readonly string[];
  readonly referralIds: readonly (string | null)[];
  /** Instants as PostgreSQL writes them: no code reads them before they go back to it. */
  readonly at: readonly string[];
  readonly dueAt: readonly string[];
}

/**
 * Marks the most urgent due steps as fired, or as not needed where their condition does not hold. It skips a row that
 * another process fires, or that a decision ends, at this moment.
 *
 * A firing stores the repeat of a step. While it is not committed, a decision cannot see the repeat, and so cannot end
 * it. This statement finds such a step later, when it is due, on a deadline that has ended.
 *
 * The second statement names the steps by an array, so that PostgreSQL looks rows up. A join makes it read every step.
 *
 * @param size steps at the most
 * @param setAside ids of steps that are left out
 */
export async function takeDueSteps(
  tx: Transaction,
  size: number,
  setAside: readonly string[],
): Promise<readonly DueSteps[]> {
  const due = await tx.row<{ ids: readonly string[] | null }>(sql`
    WITH red AS (
      SELECT id FROM deadline_step
      WHERE state = 'waiting' AND urgency = 1 AND fire_at <= ${tx.now} AND id <> ALL(${setAside}::uuid[])
      ORDER BY fire_at LIMIT ${size}::int FOR NO KEY UPDATE SKIP LOCKED),
    amber AS (
      SELECT id FROM deadline_step
      WHERE state = 'waiting' AND urgency = 2 AND fire_at <= ${tx.now} AND id <> ALL(${setAside}::uuid[])
      ORDER BY fire_at LIMIT ${size}::int - (SELECT count(*) FROM red) FOR NO KEY UPDATE SKIP LOCKED),
    green AS (
      SELECT id FROM deadline_step
      WHERE state = 'waiting' AND urgency = 3 AND fire_at <= ${tx.now} AND id <> ALL(${setAside}::uuid[])
      ORDER BY fire_at LIMIT ${size}::int - (SELECT count(*) FROM red) - (SELECT count(*) FROM amber)
      FOR NO KEY UPDATE SKIP LOCKED)
    SELECT array_agg(id) AS ids
    FROM (SELECT id FROM red UNION ALL SELECT id FROM amber UNION ALL SELECT id FROM green) due`);
  const ids = due?.ids ?? null;
  if (ids === null) return [];
  // In a statement of its own, which sees what was committed while the steps were locked: that a referral is back on the
  // queue, or a deadline open again.
  return tx.rows<DueSteps>(sql`
    WITH taken AS (
      UPDATE deadline_step s
      SET state = CASE WHEN d.state <> 'open' OR (s.only_if_unclaimed AND r.claimed_by IS NOT NULL)
        THEN 'not_needed' ELSE 'fired' END
      FROM deadline d LEFT JOIN referral r ON r.id = d.referral_id
      WHERE s.id = ANY(${ids}) AND d.id = s.deadline_id
      RETURNING s.id, s.deadline_id, s.position, s.repetition, s.at, s.only_if_unclaimed, s.tell, s.ladder,
        s.state = 'fired' AS fired, d.referral_id, d.kind, d.rating, d.owner_id, d.agency_id, d.due_at, d.policy_version,
        d.calendar_version)
    SELECT kind, rating, owner_id AS "ownerId", agency_id AS "agencyId", tell, ladder, position, repetition,
      CASE WHEN repetition > 0 THEN at END AS "repeatedAt", only_if_unclaimed AS "onlyIfUnclaimed", fired,
      policy_version AS "policyVersion", calendar_version AS "calendarVersion",
      array_agg(id) AS ids, array_agg(deadline_id) AS "deadlineIds", array_agg(referral_id) AS "referralIds",
      array_agg(at::text) AS at, array_agg(due_at::text) AS "dueAt"
    FROM taken
    GROUP BY kind, rating, owner_id, agency_id, tell, ladder, position, repetition, "repeatedAt", only_if_unclaimed, fired,
      policy_version, calendar_version`);
}

/** Locks the waiting steps of a referral's open deadlines, so that none fires while its deadlines are armed anew. */
export async function lockWaitingSteps(tx: Transaction, referralId: string): Promise<void> {
  await tx.rows(sql`
    SELECT 1 FROM deadline_step WHERE state = 'waiting' AND deadline_id IN (
      SELECT id FROM deadline WHERE referral_id = ${referralId} AND state = 'open') FOR NO KEY UPDATE`);
}

/** Forgets canaries: deadlines that mean nothing, whose alerts have been forgotten before. */
export async function forgetDeadlines(tx: Transaction, deadlineIds: readonly string[]): Promise<void> {
  await tx.run(sql`DELETE FROM deadline_step WHERE deadline_id = ANY(${deadlineIds})`);
  await tx.run(sql`DELETE FROM deadline WHERE id = ANY(${deadlineIds})`);
}
