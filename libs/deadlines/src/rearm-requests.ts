import { hasPeople } from '#access';
import { after, armFollowUp, followUpSpan, type Rating } from '#domain';
import { sql, type Transaction } from '#store';
import { endServiceDeadline } from './deadline-state.ts';
import { followUpRows } from './follow-ups.ts';
import type { PolicyInForce } from './policies.ts';

interface OpenRequest {
  readonly subject: string;
  readonly ownerId: string | null;
  readonly agencyId: string;
  readonly generation: number;
  readonly askedAt: Temporal.Instant;
  readonly dueAt: Temporal.Instant;
  /** Whether the agency has still to be told of it: its people are told when the hub opens. */
  readonly isUntold: boolean;
}

/**
 * Sets the clocks of a referral's open requests for information anew, because its rating has changed. They are counted
 * from the sending of the request, as before. A request that was late stays late. An agency that has less time than it
 * was told is told at once.
 */
export async function rearmRequests(
  tx: Transaction,
  referralId: string,
  rating: Rating,
  inForce: PolicyInForce,
): Promise<void> {
  const open = await tx.rows<OpenRequest>(sql`
    SELECT d.subject, d.owner_id AS "ownerId", d.agency_id AS "agencyId", d.generation, q.asked_at AS "askedAt",
      d.due_at AS "dueAt", EXISTS (SELECT 1 FROM deadline_step s
        WHERE s.deadline_id = d.id AND s.state = 'waiting' AND s.repetition = 0 AND s.at < d.due_at) AS "isUntold"
    FROM information_request q JOIN referral r ON r.id = q.referral_id
    JOIN deadline d ON d.kind = 'information_request' AND d.subject = r.reference || ' ' || q.id AND d.state = 'open'
    WHERE q.referral_id = ${referralId} ORDER BY q.id FOR NO KEY UPDATE OF d`);
  const { policy, calendar } = inForce;
  const span = followUpSpan(policy, 'information_request', rating);
  for (const { subject, ownerId, agencyId, generation, askedAt, dueAt: before, isUntold } of open) {
    await endServiceDeadline(tx, 'information_request', subject, 'superseded');
    const dueAt = after(calendar, askedAt, span);
    const isSooner = Temporal.Instant.compare(dueAt, before) < 0;
    const isTold = (isSooner || isUntold) && (await hasPeople(tx, agencyId));
    const about = { kind: 'information_request', subject, ownerId, agencyId, generation: generation + 1 } as const;
    const armed = armFollowUp(calendar, 'information_request', { rating, startedAt: askedAt, dueAt }, isTold);
    await tx.insert(...followUpRows(tx, about, armed, inForce));
  }
}

/**
 * Begins the clocks anew of what agencies have not answered, because a decision that had stopped them holds no more. They
 * are counted from now.
 */
export async function restartRequests(
  tx: Transaction,
  referralId: string,
  rating: Rating,
  inForce: PolicyInForce,
): Promise<void> {
  const stopped = await tx.rows<Omit<OpenRequest, 'askedAt' | 'dueAt' | 'isUntold'>>(sql`
    SELECT last.subject, last.owner_id AS "ownerId", last.agency_id AS "agencyId", last.generation
    FROM information_request q JOIN referral r ON r.id = q.referral_id
    JOIN LATERAL (SELECT subject, owner_id, agency_id, generation, state FROM deadline
      WHERE kind = 'information_request' AND subject = r.reference || ' ' || q.id
      ORDER BY generation DESC LIMIT 1) last ON last.state <> 'open'
    WHERE q.referral_id = ${referralId} AND q.withdrawn_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id)
    ORDER BY q.id`);
  const { policy, calendar } = inForce;
  const dueAt = after(calendar, tx.now, followUpSpan(policy, 'information_request', rating));
  const times = { rating, startedAt: tx.now, dueAt };
  for (const { subject, ownerId, agencyId, generation } of stopped) {
    const armed = armFollowUp(calendar, 'information_request', times, await hasPeople(tx, agencyId));
    const about = { kind: 'information_request', subject, ownerId, agencyId, generation: generation + 1 } as const;
    await tx.insert(...followUpRows(tx, about, armed, inForce));
  }
}
