ALTER TABLE staff_member DROP CONSTRAINT staff_member_agency;
ALTER TABLE staff_member DROP CONSTRAINT staff_member_role;
ALTER TABLE staff_member ADD CONSTRAINT staff_member_role CHECK (role IN ('screener', 'social_worker', 'manager',
  'service_manager', 'head_of_service', 'auditor'));
ALTER TABLE staff_member DROP COLUMN agency_id;
ALTER TABLE deadline DROP COLUMN agency_id;
ALTER TABLE deadline DROP CONSTRAINT deadline_kind;
ALTER TABLE deadline ADD CONSTRAINT deadline_kind CHECK (kind IN ('decision', 'claim', 'rota_gap', 'contact_failed',
  'undelivered', 'handover', 'challenge', 'supervision_action', 'canary'));
