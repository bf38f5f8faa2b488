import { randomUUIDv7 } from 'node:crypto';
import { currentRequestId } from '#platform';
import { rowsOf, type RowsOf, AuditEntry } from '#store';

/** Who acts: an agency through its credential, a person of the hub, or the service itself. */
export type Actor =
  | { readonly kind: 'agency'; readonly id: string }
  | { readonly kind: 'staff'; readonly id: string }
  | { readonly kind: 'service' };

/** Everything that is audited. */
export type AuditedAct =
  | 'agency.added'
  | 'staff.added'
  | 'staff.signed-in'
  | 'staff.signed-out'
  | 'referral.submitted'
  | 'referral.taken-down'
  | 'referral.status-read'
  | 'referral.read'
  | 'referral.printed'
  | 'referral.claimed'
  | 'referral.given-back'
  | 'referral.noted'
  | 'referral.claim-lapsed'
  | 'referral.skipped'
  | 'referral.assigned'
  | 'referral.rated'
  | 'referral.decided'
  | 'referral.acknowledged-to-referrer'
  | 'decision.agreed'
  | 'decision.returned'
  | 'decision.undone'
  | 'queue.read'
  | 'workload.read'
  | 'consultation.recorded'
  | 'consultations.read'
  | 'search.made'
  | 'filter.saved'
  | 'filter.removed'
  | 'alerts.read'
  | 'alert.acknowledged'
  | 'alert-timeline.read'
  | 'deadline.rearmed'
  | 'policy.published'
  | 'calendar.published'
  | 'rota.read'
  | 'rota.changed'
  | 'handover.begun'
  | 'handover.noted'
  | 'handover.accepted'
  | 'handovers.read';

/**
 * The audit entry of an act, to be inserted in the act's own transaction.
 *
 * @param details codes, counts and ids; never what people wrote
 */
export function auditEntry(
  at: { readonly now: Temporal.Instant },
  actor: Actor,
  act: AuditedAct,
  referralId: string | null = null,
  details: Readonly<Record<string, unknown>> = {},
): RowsOf {
  return rowsOf(AuditEntry, {
    id: randomUUIDv7(),
    at: at.now,
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    act,
    referralId,
    details,
    requestId: currentRequestId(),
  });
}
