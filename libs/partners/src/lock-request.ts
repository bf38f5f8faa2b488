import { isUuid } from '#platform';
import { lockReferral } from '#referrals';
import { sql, type Transaction } from '#store';
import { requestNotFound } from './request-not-found.ts';

/** A request as an act finds it. Its referral is locked until the transaction ends, and the request with it. */
export interface LockedRequest {
  readonly id: string;
  readonly referralId: string;
  readonly reference: string;
  readonly agencyId: string;
  readonly askedBy: string;
  readonly isWithdrawn: boolean;
  readonly isAnswered: boolean;
}

/**
 * @param agencyId the agency that acts; null for the hub, which may act on each
 * @throws Refused `not-found`, also for a request to another agency
 */
export async function lockRequest(tx: Transaction, id: string, agencyId: string | null): Promise<LockedRequest> {
  const found = isUuid(id)
    ? await tx.row<{ reference: string }>(sql`
        SELECT r.reference FROM information_request q JOIN referral r ON r.id = q.referral_id
        WHERE q.id = ${id} AND (${agencyId}::uuid IS NULL OR q.agency_id = ${agencyId})`)
    : null;
  if (found === null) throw await requestNotFound(tx, id);
  await lockReferral(tx, found.reference);
  const request = await tx.row<LockedRequest>(sql`
    SELECT q.id, q.referral_id AS "referralId", r.reference, q.agency_id AS "agencyId", q.asked_by AS "askedBy",
      q.withdrawn_at IS NOT NULL AS "isWithdrawn",
      EXISTS (SELECT 1 FROM information_answer WHERE request_id = q.id) AS "isAnswered"
    FROM information_request q JOIN referral r ON r.id = q.referral_id WHERE q.id = ${id}`);
  return request!;
}
