import { sql, type Sql } from '#store';

/** Whether the record of the hub says that a person has opened what the proposal `p` is about, since it was proposed. */
export function hasOpened(personId: string): Sql {
  return sql`(EXISTS (SELECT FROM audit_entry e WHERE e.referral_id = p.referral_id AND e.at >= p.proposed_at
      AND e.act = 'referral.read' AND e.actor_id = ${personId})
    OR EXISTS (SELECT FROM audit_entry e WHERE p.consultation_id IS NOT NULL AND e.actor_kind = 'staff'
      AND e.actor_id = ${personId} AND e.act = 'consultations.read' AND e.at >= p.proposed_at
      AND e.details->>'consultationId' = p.consultation_id::text))`;
}
