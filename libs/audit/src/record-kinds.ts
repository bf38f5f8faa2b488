import type { AuditedAct } from './audit.ts';

/** The kinds of act that the record is asked for. Each act is of one kind. */
export const RECORD_KINDS = ['opened', 'searched', 'decided', 'worked', 'looked', 'refused', 'service'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The kind of every act: an act that is added does not compile before it has one. */
const KIND_OF_ACT: Readonly<Record<AuditedAct, RecordKind>> = {
  'referral.read': 'opened',
  'referral.printed': 'opened',
  'referral.opened-for-audit': 'opened',
  'referral.status-read': 'opened',
  'alert-timeline.read': 'opened',
  'search.made': 'searched',
  'referral.decided': 'decided',
  'decision.agreed': 'decided',
  'decision.returned': 'decided',
  'decision.undone': 'decided',
  'referral.submitted': 'worked',
  'referral.taken-down': 'worked',
  'referral.checked': 'worked',
  'referral.claimed': 'worked',
  'referral.given-back': 'worked',
  'referral.noted': 'worked',
  'referral.claim-lapsed': 'worked',
  'referral.skipped': 'worked',
  'referral.assigned': 'worked',
  'referral.rated': 'worked',
  'referral.acknowledged-to-referrer': 'worked',
  'referral.referrer-not-reached': 'worked',
  'consultation.recorded': 'worked',
  'alert.acknowledged': 'worked',
  'handover.begun': 'worked',
  'handover.noted': 'worked',
  'handover.accepted': 'worked',
  'queue.read': 'looked',
  'workload.read': 'looked',
  'consultations.read': 'looked',
  'alerts.read': 'looked',
  'rota.read': 'looked',
  'handovers.read': 'looked',
  'record.read': 'looked',
  'oversight.read': 'looked',
  'figure.read': 'looked',
  'figure-rows.read': 'looked',
  'access.refused': 'refused',
  'sign-in.failed': 'refused',
  'credential.rejected': 'refused',
  'staff.signed-in': 'service',
  'staff.signed-out': 'service',
  'staff.added': 'service',
  'agency.added': 'service',
  'filter.saved': 'service',
  'filter.removed': 'service',
  'deadline.rearmed': 'service',
  'policy.published': 'service',
  'calendar.published': 'service',
  'rota.changed': 'service',
};

/** Every act of a kind. @param kind null for every act that there is */
export function actsOfKind(kind: RecordKind | null): readonly AuditedAct[] {
  const acts = Object.keys(KIND_OF_ACT) as AuditedAct[];
  return acts.filter((act) => kind === null || KIND_OF_ACT[act] === kind);
}
