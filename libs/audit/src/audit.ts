import { randomUUIDv7 } from 'node:crypto';
import { currentRequestId } from '#platform';
import { AuditEntry, rowsOf, type Actor, type RowsOf } from '#store';

/** Everything that is audited. */
export type AuditedAct =
  | 'agency.added'
  | 'agency.feedback-set'
  | 'client.added'
  | 'client.suspended'
  | 'client.resumed'
  | 'client.key-added'
  | 'client.key-removed'
  | 'client.key-address-set'
  | 'client.key-address-removed'
  | 'client.keys-changed'
  | 'token.issued'
  | 'staff.added'
  | 'staff.hours-changed'
  | 'staff.contact-changed'
  | 'staff.left'
  | 'staff.listed'
  | 'staff.signed-in'
  | 'staff.signed-out'
  | 'sign-in.failed'
  | 'credential.rejected'
  | 'access.refused'
  | 'referral.submitted'
  | 'referral.taken-down'
  | 'referral.status-read'
  | 'referral.checked'
  | 'referral.read'
  | 'referral.printed'
  | 'referral.opened-for-audit'
  | 'referral.claimed'
  | 'referral.given-back'
  | 'referral.noted'
  | 'referral.note-written'
  | 'referral.claim-lapsed'
  | 'referral.skipped'
  | 'referral.assigned'
  | 'child.case-checked'
  | 'child.views-recorded'
  | 'child.joined'
  | 'child.kept-apart'
  | 'child.parted'
  | 'child.apart-withdrawn'
  | 'child.read'
  | 'information.asked'
  | 'information.chased'
  | 'information.withdrawn'
  | 'information.answered'
  | 'information.read-late'
  | 'requests.read'
  | 'request.read'
  | 'decision.made-without'
  | 'incident.joined'
  | 'incident.parted'
  | 'referral.assignment-taken-back'
  | 'referral.rated'
  | 'referral.decided'
  | 'referral.acknowledged-to-referrer'
  | 'referral.referrer-not-reached'
  | 'feedback.told'
  | 'feedback.tried'
  | 'feedback.address-failed'
  | 'feedback.leave-given'
  | 'feedback.leave-refused'
  | 'feedback.not-told'
  | 'feedback.read'
  | 'decision.agreed'
  | 'decision.returned'
  | 'decision.undone'
  | 'discussion.called'
  | 'discussion.recorded'
  | 'conference.recorded'
  | 'discussions.read'
  | 'queue.read'
  | 'workload.read'
  | 'oversight.read'
  | 'figure.read'
  | 'figure-rows.read'
  | 'consultation.recorded'
  | 'consultation.referral-came'
  | 'consultation.not-expected'
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
  | 'handovers.read'
  | 'record.read'
  | 'challenge.made'
  | 'challenge.answered'
  | 'challenge.returned'
  | 'challenge.accepted'
  | 'challenge.read'
  | 'challenges.read'
  | 'sample.drawn'
  | 'samples.read'
  | 'sample.read'
  | 'sample.blind-read'
  | 'sample.graded'
  | 'referral.reopened-by-sample'
  | 'supervision.written'
  | 'supervision.read'
  | 'supervision.action-done'
  | 'decided.read'
  | 'decided.exported'
  | 'baseline.begun'
  | 'evidence.made'
  | 'evidence.read'
  | 'evidence.downloaded'
  | 'route.sent'
  | 'route.chosen'
  | 'route.sent-on'
  | 'route.accepted'
  | 'route.returned'
  | 'routes.read'
  | 'referral.reopened-by-route'
  | 'edge-of-care.planned'
  | 'edge-of-care.recorded'
  | 'localities.published'
  | 'restriction.set'
  | 'restriction.kept'
  | 'restriction.ended'
  | 'restriction.access-changed'
  | 'restrictions.read'
  | 'glass.broken'
  | 'glass.reviewed';

/** What the record says beside the act itself: ids, codes and counts; never English, and never what people wrote. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

/**
 * The entry of an act in the record, to be inserted in the act's own transaction.
 *
 * @param at who acts, and the instant: usually the transaction itself
 */
export function auditEntry(
  { now, actor }: { readonly now: Temporal.Instant; readonly actor: Actor },
  act: AuditedAct,
  referralId: string | null = null,
  details: AuditDetails = {},
): RowsOf {
  return rowsOf(AuditEntry, {
    id: randomUUIDv7(),
    at: now,
    actorKind: actor.kind,
    actorId: 'id' in actor ? actor.id : null,
    act,
    referralId,
    details,
    requestId: currentRequestId(),
  });
}
