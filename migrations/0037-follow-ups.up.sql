-- Deadlines of the things that must follow an act: an agency's answer, a strategy discussion, a team's answer, …
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary', 'information_request', 'strategy_discussion',
  'conference', 'route_answer', 'first_response', 'feedback', 'referral_advised', 'third_contact'));
-- The agency whose people a deadline waits for.
ALTER TABLE deadline ADD COLUMN agency_id uuid CONSTRAINT deadline_agency_id_fkey REFERENCES agency (id);

-- A person of a partner agency: sees the requests of that agency and nothing else.
ALTER TABLE staff_member ADD COLUMN agency_id uuid CONSTRAINT staff_member_agency_id_fkey REFERENCES agency (id);
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN ('screener', 'social_worker', 'manager',
  'service_manager', 'head_of_service', 'auditor', 'partner'));
ALTER TABLE staff_member ADD CONSTRAINT staff_member_agency CHECK ((role = 'partner') = (agency_id IS NOT NULL)
  AND (role <> 'partner' OR alert_groups = '{}'));
