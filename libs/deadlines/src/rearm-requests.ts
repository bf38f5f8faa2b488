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
}

/**
 * Sets the clocks of a referral's open requests for information anew, because its rating has changed. They are counted
 * from the sending of the request, as before. A request that was late stays late.
 */
export async function rearmRequests(
  tx: Transaction,
  referralId: string,
  rating: Rating,
  inForce: PolicyInForce,
): Promise<void> {
  const open = await tx.rows<OpenRequest>(sql`
    SELECT d.subject, d.owner_id AS "ownerId", d.agency_id AS "agencyId", d.generation, q.asked_at AS "askedAt"
    FROM information_request q JOIN referral r ON r.id = q.referral_id
    JOIN deadline d ON d.kind = 'information_request' AND d.subject = r.reference || ' ' || q.id AND d.state = 'open'
    WHERE q.referral_id = ${referralId} ORDER BY q.id FOR NO KEY UPDATE OF d`);
  const { policy, calendar } = inForce;
  const span = followUpSpan(policy, 'information_request', rating);
  for (const { subject, ownerId, agencyId, generation, askedAt } of open) {
    await endServiceDeadline(tx, 'information_request', subject, 'superseded');
    const times = { rating, startedAt: askedAt, dueAt: after(calendar, askedAt, span) };
    const about = { kind: 'information_request', subject, ownerId, agencyId, generation: generation + 1 } as const;
    await tx.insert(...followUpRows(tx, about, armFollowUp(calendar, 'information_request', times, false), inForce));
  }
}
